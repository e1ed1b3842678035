using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipStack.Tests.Sip.Transactions;

/// <summary>The tables of docs/protocols/transactions.md.</summary>
internal static class TransactionTable
{
    public static readonly string[] Machines = ["ICT", "NICT", "IST", "NIST"];

    public static IReadOnlyList<TransactionTableRow> Read() => [.. ReadRows()];

    private static IEnumerable<TransactionTableRow> ReadRows()
    {
        var machine = string.Empty;
        foreach (var line in File.ReadLines(Path.Combine(RepositoryRoot(), "docs", "protocols", "transactions.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                machine = Machines.FirstOrDefault(m => line.EndsWith($"({m})", StringComparison.Ordinal)) ?? string.Empty;
            }
            else if (machine.Length > 0 && line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| State", StringComparison.Ordinal))
            {
                foreach (var row in ToRows(machine, line))
                {
                    yield return row;
                }
            }
        }
    }

    private static IEnumerable<TransactionTableRow> ToRows(string machine, string line)
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries)[1..^1];
        var (state, answered) = cells[0].EndsWith(", answered", StringComparison.Ordinal) ? (cells[0][..^10], true) : (cells[0], false);
        foreach (var reliable in cells[2] switch { "UDP" => [false], "TCP" => [true], _ => new[] { false, true } })
        {
            yield return new TransactionTableRow(
                machine,
                Enum.Parse<TransactionPhase>(state),
                answered,
                Enum.Parse<TransactionInput>(cells[1]),
                reliable,
                Enum.Parse<TransactionPhase>(cells[3]),
                Enum.Parse<TransactionActions>(cells[4]),
                cells[5],
                cells[6]);
        }
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "PosteRestante.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return folder;
    }
}
