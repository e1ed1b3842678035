using System.Collections.Immutable;
using System.Text;

namespace Orleans.Generator;

/// <summary>The list of everything an assembly brings.</summary>
internal static class ListSource
{
    public static string Write(string parts, ImmutableArray<Piece> pieces)
    {
        var lines = new StringBuilder();
        foreach (var part in parts.Split('\n').Where(static part => part.Length > 0))
        {
            lines.Append($"        manifest.AddPart(\"{part}\");\n");
        }

        foreach (var registration in pieces.Select(static piece => piece.Registration).Where(static line => line.Length > 0).Distinct())
        {
            lines.Append($"        {registration}\n");
        }

        return $$"""
            {{Symbols.Header}}
            [assembly: global::Orleans.Embedded.Manifest.GrainManifest(typeof(global::OrleansCodeGen.GrainList))]

            namespace OrleansCodeGen;

            internal sealed class GrainList : global::Orleans.Embedded.Manifest.IGrainList
            {
                public void AddTo(global::Orleans.Embedded.Manifest.GrainManifest manifest)
                {
            {{lines}}    }
            }

            """;
    }
}
