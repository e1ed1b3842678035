using PosteRestante.Silo.Configuration;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Configuration;

/// <summary>Which source of settings wins, and which words are no settings.</summary>
public sealed class SettingsTests : IDisposable
{
    private const int Refused = 2;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--Data:Folder")]
    [InlineData("--Data=a:b")]
    [InlineData("--Data=x")]
    [InlineData("-Data:Folder=x")]
    [InlineData("Data:Folder=x")]
    [InlineData("/Data:Folder=x")]
    [InlineData("")]
    public void Load_WordThatIsNoSetting_IsRefused(string argument) =>
        Should.Throw<StartRefusedException>(() => Settings.Load(["--Service:Host=x", argument], preset: [])).Reasons.ShouldBe(
            [$"'{argument}' is not an option; settings are written --Section:Key=value, for example --Listeners:SipPort=5060."]);

    [Fact]
    public void Load_PresetOfTheCaller_WinsOverTheFileAndLosesToTheCommandLine()
    {
        KeyValuePair<string, string?>[] preset = [new("Service:Host", "preset"), new("Data:Folder", "preset")];

        var settings = Settings.Load(["--Data:Folder=argument"], preset);

        settings["Service:Host"].ShouldBe("preset");
        settings["Data:Folder"].ShouldBe("argument");
        settings["Listeners:MsrpPort"].ShouldBe("2855", "the file holds where nobody says otherwise");
    }

    [Fact]
    public async Task Start_VariableAndPresetDiffer_VariableWins()
    {
        await using var first = await ServerProcess.StartAsync(_folder.Path);
        await using var demo = ServerProcess.Launch(
            ["demo", "--exit", .. ServerProcess.FreePorts, $"--Listeners:MsrpPort={first.Msrp.Port}"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Listeners__TakeFreePortIfBusy"] = "false" });

        (await demo.WaitForExitAsync()).ShouldBe(Refused, demo.Output);

        demo.Errors.ShouldStartWith($"Listeners:MsrpPort is {first.Msrp.Port}, but another process uses that port");
    }
}
