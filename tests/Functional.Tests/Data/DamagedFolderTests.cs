using PosteRestante.Silo.Configuration;
using PosteRestante.Silo.Hosting;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Data;

/// <summary>A data folder that a crash, or a hand, left in another state than the service does.</summary>
public sealed class DamagedFolderTests : IDisposable
{
    private const int Refused = 2;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_AccountsCannotBeRead_OneSentenceNamesTheFile()
    {
        await File.WriteAllTextAsync(_folder.PathOf("accounts.json"), "[{]", TestContext.Current.CancellationToken);

        var refused = Should.Throw<StartRefusedException>(Create).Reasons.ShouldHaveSingleItem();

        refused.ShouldStartWith($"{_folder.PathOf("accounts.json")} is not readable as a list of accounts (");
        refused.ShouldEndWith("); remove it and new passwords are made.");
    }

    [Fact]
    public async Task Start_Refused_GivesTheFolderBack()
    {
        await File.WriteAllTextAsync(_folder.PathOf("accounts.json"), "[{]", TestContext.Current.CancellationToken);
        Should.Throw<StartRefusedException>(Create);
        File.Delete(_folder.PathOf("accounts.json"));

        await using var server = Create();
        await server.StartAsync(TestContext.Current.CancellationToken);
        await server.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Start_LockCannotBeTaken_OneSentenceNamesTheKey()
    {
        Directory.CreateDirectory(_folder.PathOf("poste.lock"));

        Should.Throw<StartRefusedException>(Create).Reasons.ShouldBe(
            [$"Data:Folder is '{_folder.Path}', but this user may not write there; give it the right or name another folder."]);
    }

    [Fact]
    public async Task Start_DraftsOfACrashAreThere_AreNotTakenOver()
    {
        foreach (var draft in new[] { "accounts.json.new", "client.json.new" })
        {
            await File.WriteAllTextAsync(_folder.PathOf(draft), "half", TestContext.Current.CancellationToken);
        }

        await using var server = Create();
        await server.StartAsync(TestContext.Current.CancellationToken);
        await server.StopAsync(TestContext.Current.CancellationToken);

        Directory.GetFiles(_folder.Path, "*.new").ShouldBeEmpty();
        foreach (var file in Directory.GetFiles(_folder.Path, "*.json"))
        {
            (OperatingSystem.IsWindows() ? OwnerOnly : File.GetUnixFileMode(file)).ShouldBe(OwnerOnly, file);
        }
    }

    [Theory]
    [InlineData("tables.db")]
    [InlineData("journal-*.db")]
    public async Task Start_StoreIsDamaged_IsRefusedInOneSentence(string pattern)
    {
        await using (var first = await ServerProcess.StartAsync(_folder.Path))
        {
            first.Stop();
            (await first.WaitForExitAsync()).ShouldBe(0);
        }

        foreach (var file in Directory.GetFiles(_folder.PathOf("store"), pattern))
        {
            await File.WriteAllBytesAsync(file, [.. Enumerable.Repeat((byte)'x', 16_384)], TestContext.Current.CancellationToken);
        }

        await using var server = ServerProcess.Launch([.. ServerProcess.FreePorts, $"--Data:Folder={_folder.Path}"]);

        (await server.WaitForExitAsync()).ShouldBe(Refused, server.Output + server.Errors);
        server.Errors.ShouldNotContain("   at ");
        server.Errors.Split('\n').ShouldHaveSingleItem();
    }

    private SiloServer Create() => SiloServer.Create(Settings.Load(
        [.. ServerProcess.FreePorts, "--Logging:LogLevel:Default=Warning", $"--Data:Folder={_folder.Path}"], preset: []));
}
