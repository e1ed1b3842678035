using PosteRestante.Architecture.Tests.Documents;
using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.GrainApi;

/// <summary>A list beside these tests that is made from the code and committed, so that a change shows in review.</summary>
internal static class CommittedList
{
    /// <summary>Compares; <c>./test.sh --docs</c> adds what is new, and removes nothing: that is done by hand, and on purpose.</summary>
    public static void Check(string name, IEnumerable<string> expected)
    {
        var path = Repository.PathOf("tests", "Architecture.Tests", "GrainApi", name);
        var committed = File.ReadAllLines(path);
        var (head, lines) = (committed.TakeWhile(IsComment), committed.SkipWhile(IsComment).ToArray());
        var made = expected.ToArray();
        if (GeneratedDocument.Writes && !lines.Except(made).Any())
        {
            File.WriteAllLines(path, head.Concat(made));
            return;
        }

        lines.ShouldBe(made, $"{name} is not what the code says; ./test.sh --docs adds lines, and lines that have to go are removed by hand");
    }

    private static bool IsComment(string line) => line.StartsWith('#');
}
