using System.Text.RegularExpressions;
using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>The tables of <c>docs/protocols</c> name the test that holds each row, and that test is there.</summary>
public sealed partial class ProtocolTableTests
{
    private const string TestColumn = " Test |";

    [Theory]
    [InlineData("delivery.md")]
    [InlineData("large-messages.md")]
    [InlineData("push.md")]
    public void Row_OfATable_NamesATestThatExists(string document)
    {
        var sources = string.Concat(Directory
            .EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText));
        var rows = RowsOf(File.ReadAllLines(Repository.PathOf("docs/protocols/" + document))).ToList();

        rows.ShouldNotBeEmpty();
        rows.Where(row => TestName().Count(row) == 0 && !row.EndsWith("| the same |", StringComparison.Ordinal)).ShouldBeEmpty("without a test");
        rows.SelectMany(row => TestName().Matches(row))
            .Select(name => name.Groups["name"].Value)
            .Where(name => !sources.Contains($" {name}(", StringComparison.Ordinal))
            .ShouldBeEmpty("no test is called so");
    }

    // The rows of each table whose last column is Test.
    private static IEnumerable<string> RowsOf(string[] lines)
    {
        var inTable = false;
        foreach (var line in lines)
        {
            if (line.EndsWith(TestColumn, StringComparison.Ordinal))
            {
                inTable = true;
            }
            else if (!line.StartsWith('|'))
            {
                inTable = false;
            }
            else if (inTable && !line.StartsWith("|---", StringComparison.Ordinal))
            {
                yield return line;
            }
        }
    }

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+){1,3})`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TestName();
}
