using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>The summary of a doc comment as a line of Markdown.</summary>
internal static partial class DocComment
{
    public static string Of(SyntaxNode member)
    {
        var lines = member.GetLeadingTrivia()
            .Where(t => t.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia))
            .SelectMany(t => t.ToFullString().Split('\n'))
            .Select(l => l.TrimStart().TrimStart('/'));
        var summary = XElement.Parse($"<doc>{string.Join('\n', lines)}</doc>").Element("summary");
        return summary is null ? "" : Spaces().Replace(Text(summary), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{(see.Attribute("cref") ?? see.Attribute("langword"))?.Value.Split('.', ':')[^1]}`",
        XElement { Name.LocalName: "para" } para => " " + Text(para),
        XElement other => Text(other),
        _ => "",
    }));

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();
}
