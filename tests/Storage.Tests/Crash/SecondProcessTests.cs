using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Storage.Sqlite;
using PosteRestante.TestKit;

namespace PosteRestante.Storage.Tests.Crash;

public sealed class SecondProcessTests
{
    [Fact]
    public async Task Open_ByASecondProcess_IsRefusedWithASentence()
    {
        using var folder = new TemporaryFolder();
        await using var store = SqliteStore.Open(DepositChild.Options(folder.Path), TimeProvider.System, NullLogger<SqliteStore>.Instance);

        using var child = new ChildProcess(folder.Path, depositors: 1, firstTurn: 0);
        (string error, int exitCode) = child.WaitForEnd();

        exitCode.ShouldBe(DepositChild.NotOpened);
        error.ShouldContain($"The data folder '{folder.Path}' is in use by another process (process {Environment.ProcessId}).");
        error.ShouldContain("Stop that process, or give this one a folder of its own (Storage:Folder).");
    }

    [Fact]
    public async Task Open_AfterTheFirstProcessWasKilled_Succeeds()
    {
        using var folder = new TemporaryFolder();
        using (var child = new ChildProcess(folder.Path, depositors: 2, firstTurn: 0))
        {
            child.KillAfter(10);
        }

        await using var store = SqliteStore.Open(DepositChild.Options(folder.Path), TimeProvider.System, NullLogger<SqliteStore>.Instance);
    }
}
