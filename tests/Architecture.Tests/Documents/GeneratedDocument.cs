using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>A document in <c>docs</c> that is made from the code: compared by a test, written by <c>./test.sh --docs</c>.</summary>
internal static class GeneratedDocument
{
    /// <summary>The trait of the tests that write, by which <c>./test.sh --docs</c> picks them.</summary>
    public const string Trait = "Writes";

    public const string TraitValue = "docs";

    private const string WriteVariable = "POSTE_WRITE_DOCS";

    /// <summary>Whether what is generated is to be written, not only compared.</summary>
    public static bool Writes => Environment.GetEnvironmentVariable(WriteVariable) is not null;

    public static void Check(string name, string expected)
    {
        var path = Repository.PathOf("docs", name);
        if (Writes)
        {
            File.WriteAllText(path, expected);
        }

        var same = File.Exists(path) && File.ReadAllText(path) == expected;
        same.ShouldBeTrue($"docs/{name} is not what the code says: run ./test.sh --docs and commit it");
    }
}
