using PosteRestante.TestKit;

namespace PosteRestante.Storage.Tests.Crash;

/// <summary>What the kernel saw, told by strace: the store's own word is not asked.</summary>
public sealed class SystemCallTests
{
    private const int Deposits = 100;

    [Fact]
    public void Acknowledgement_OfEachDeposit_FollowsTwoSyncsOfTheJournal()
    {
        string strace = Peers.Require("strace");
        using var folder = new TemporaryFolder();
        using var logs = new TemporaryFolder();
        string log = logs.PathOf("calls");
        using (var child = new ChildProcess(
            folder.Path, depositors: 1, firstTurn: 0, Deposits, strace, "-f", "-y", "-e", "trace=fsync,fdatasync,write", "-o", log))
        {
            child.WaitForEnd().ShouldBe(("", 0));
        }

        int acknowledgements = 0;
        int syncs = 0;
        foreach (string call in File.ReadLines(log))
        {
            if (call.Contains("sync(", StringComparison.Ordinal) && call.Contains("journal-", StringComparison.Ordinal))
            {
                syncs++;
            }
            else if (call.Contains("\"A 0 ", StringComparison.Ordinal))
            {
                // One for the message, one for the head that lists it; a deposit's writes never share a sync.
                syncs.ShouldBeGreaterThanOrEqualTo(2, $"before acknowledgement {acknowledgements}");
                acknowledgements++;
                syncs = 0;
            }
        }

        acknowledgements.ShouldBe(Deposits);
    }
}
