using PosteRestante.Client.Settings;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Data;

/// <summary>The one folder of all data, seen from outside.</summary>
public sealed class DataFolderTests : IDisposable
{
    private const int Refused = 2;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_FolderIsHeldByAnotherProcess_IsRefusedAndTheFirstServesOn()
    {
        await using var first = await ServerProcess.StartAsync(_folder.Path);
        await using var second = ServerProcess.Launch([.. ServerProcess.FreePorts, $"--Data:Folder={_folder.Path}"]);

        (await second.WaitForExitAsync()).ShouldBe(Refused);

        second.Errors.ShouldBe($"Data:Folder is '{_folder.Path}', but another process works in it; stop that one or name another folder.");
        using var http = new HttpClient();
        (await http.GetAsync(new Uri(first.Http, "health/live"))).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task Start_FolderCannotBeMade_OneSentenceNamesTheKey()
    {
        var file = _folder.PathOf("file");
        await File.WriteAllTextAsync(file, string.Empty);
        var below = Path.Combine(file, "data");
        await using var server = ServerProcess.Launch([$"--Data:Folder={below}"]);

        (await server.WaitForExitAsync()).ShouldBe(Refused);

        server.Errors.ShouldStartWith($"Data:Folder is '{below}', but it cannot be made (");
        server.Errors.ShouldEndWith("; name a folder that can be written.");
        server.Errors.ShouldNotContain('\n');
    }

    [Fact]
    public async Task FirstStart_NoAccountIsConfigured_MakesAliceAndBobWithPasswordsOfTheirOwn()
    {
        var here = await AccountsOfAsync(_folder.PathOf("one"));
        var there = await AccountsOfAsync(_folder.PathOf("two"));

        here.Select(account => account.Aor).ShouldBe(["sip:alice@localhost", "sip:bob@localhost"]);
        here.Concat(there).Select(account => account.Password).Distinct(StringComparer.Ordinal).Count().ShouldBe(4);
        here.ShouldAllBe(account => account.Password.Length == 20);
        foreach (var file in Directory.GetFiles(_folder.PathOf("one"), "*.json"))
        {
            ModeOf(file).ShouldBe(OwnerOnly, file);
        }

        ModeOf(_folder.PathOf("one")).ShouldBe(OwnerOnly | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task SecondStart_SameFolder_KeepsThePasswords()
    {
        var before = await AccountsOfAsync(_folder.Path);

        (await AccountsOfAsync(_folder.Path)).ShouldBe(before);
    }

    [Fact]
    public async Task Start_AccountsAreConfigured_MakesNone()
    {
        (await AccountsOfAsync(_folder.Path, "--Accounts:Users:0:Aor=sip:carol@localhost", "--Accounts:Users:0:Password=x")).ShouldBeEmpty();

        File.Exists(_folder.PathOf("accounts.json")).ShouldBeFalse();
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows()
        ? throw new PlatformNotSupportedException("Windows has no such modes.")
        : File.GetUnixFileMode(path);

    private static async Task<IReadOnlyList<ClientAccount>> AccountsOfAsync(string folder, params string[] settings)
    {
        await using var server = await ServerProcess.StartAsync(folder, settings);
        var client = ClientFile.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, ClientFile.FileName)));
        client.SipPort.ShouldBe(server.Sip.Port);
        client.MsrpPort.ShouldBe(server.Msrp.Port);
        client.Http.ShouldBe(server.Http);
        return client.Accounts;
    }
}
