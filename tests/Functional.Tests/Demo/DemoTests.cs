using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Demo;

/// <summary>The first thing that anyone runs.</summary>
public sealed class DemoTests
{
    [Fact]
    [Requirement("D9", "D2", "DM-12.2.1.1-1")]
    public async Task Demo_WithExit_TellsTheStoryAndEndsWell()
    {
        await using var demo = ServerProcess.Launch(["demo", "--exit", .. ServerProcess.FreePorts]);

        (await demo.WaitForExitAsync()).ShouldBe(0, demo.Output + demo.Errors);

        var told = demo.Output;
        told.ShouldContain("── MESSAGE sip:bob@localhost (UDP, ");
        told.ShouldContain("── 202 Accepted (UDP, ");
        told.ShouldContain("── INVITE sip:Deferred@localhost (TCP, ");
        told.ShouldContain("── MSRP SEND ");
        told.ShouldContain("octets, the same;");
        told.ShouldContain("── PUBLISH sip:bob@localhost (TCP, ");
        told.ShouldContain("── INVITE sip:bob@"); // the service calls
        told.ShouldContain("     P.S.");
        told.ShouldContain("     Map     300000 octets, the same, in a file;");
        told.ShouldContain("── 488 Not Acceptable Here \"no messages\" (UDP, ");
        told.ShouldEndWith("Every step was right.");
        told.ShouldNotContain("MESSAGE sip:bob@localhost SIP/2.0", customMessage: "frames are shown whole only with --wire");
        demo.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Readme_CommandOfTheDemo_RunsAsItStands()
    {
        const string Command = "dotnet run --project src/Silo -- demo";
        (await File.ReadAllTextAsync(Repository.PathOf("README.md"))).ShouldContain($"\n{Command}\n");
        var words = Command.Split(' ');
        string[] build = ["--no-build", $"-p:GrainRuntime={(ServerProgram.IsOrleans ? "Orleans" : "Local")}"]; // what these tests were built with

        await using var demo = ServerProcess.Launch(
            words[0], [words[1], .. build, .. words[2..], "--exit", .. ServerProcess.FreePorts], folder: Repository.Root);

        (await demo.WaitForExitAsync()).ShouldBe(0, demo.Output + demo.Errors);
        demo.Output.ShouldEndWith("Every step was right.");
    }

    [Fact]
    public async Task Demo_WithWire_ShowsTheFrames()
    {
        await using var demo = ServerProcess.Launch(["demo", "--exit", "--wire", .. ServerProcess.FreePorts]);

        (await demo.WaitForExitAsync()).ShouldBe(0, demo.Output + demo.Errors);

        demo.Output.ShouldContain("MESSAGE sip:bob@localhost SIP/2.0");
    }

    [Fact]
    public async Task Demo_ServesOn_ItsHintsWorkAsPrinted()
    {
        await using var demo = ServerProcess.Launch(["demo", .. ServerProcess.FreePorts]);
        var ready = await demo.WaitForLineAsync("ready ");
        var folder = ready[(ready.IndexOf("data=", StringComparison.Ordinal) + "data=".Length)..];

        await RunHintAsync(demo, " -- send ");
        (await RunHintAsync(demo, " -- pull ")).ShouldContain("Back at noon");
        demo.Stop();

        (await demo.WaitForExitAsync()).ShouldBe(0);
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public async Task Demo_PortsAreTaken_ChoosesOthersAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        await using var first = await ServerProcess.StartAsync(folder.Path);
        await using var demo = ServerProcess.Launch(
            ["demo", "--exit", .. ServerProcess.FreePorts, $"--Listeners:SipPort={first.Sip.Port}", $"--Listeners:MsrpPort={first.Msrp.Port}"]);

        (await demo.WaitForExitAsync()).ShouldBe(0, demo.Output + demo.Errors);

        demo.Output.ShouldContain($"Port {first.Sip.Port} is taken, so ");
        demo.Output.ShouldContain($"Port {first.Msrp.Port} is taken, so ");
    }

    [Fact]
    public async Task Demo_AccountsAreConfigured_IsRefusedWithASentence()
    {
        await using var demo = ServerProcess.Launch(["demo", "--exit", .. ServerProcess.FreePorts, "--Accounts:Users:0:Aor=sip:carol@localhost"]);

        (await demo.WaitForExitAsync()).ShouldBe(2);

        demo.Errors.ShouldStartWith("The demo acts as alice and bob");
        demo.Errors.ShouldNotContain('\n');
    }

    /// <summary>Runs a command that the demo printed, with the built <c>poste</c> in place of <c>dotnet run</c>.</summary>
    private static async Task<string> RunHintAsync(ServerProcess demo, string part)
    {
        var line = demo.Output.Split('\n').First(one => one.Contains(part, StringComparison.Ordinal));
        var words = line[(line.IndexOf(" -- ", StringComparison.Ordinal) + 4)..].Split('"');
        string[] arguments =
        [
            .. words.SelectMany((word, index) => index % 2 == 1 ? [word] : word.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        ];
        await using var poste = ServerProcess.Launch(ServerProgram.Poste, arguments);
        (await poste.WaitForExitAsync()).ShouldBe(0, poste.Errors);
        return poste.Output;
    }
}
