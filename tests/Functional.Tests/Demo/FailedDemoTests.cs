using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Demo;

/// <summary>A story that goes wrong says so, ends, and does not call itself a success.</summary>
public sealed class FailedDemoTests
{
    private const int Failed = 1;

    [Theory]
    [InlineData("--exit")]
    [InlineData("--wire")] // serves on only after a story that was right
    public async Task Demo_MessageIsRefused_EndsWithItsExitCode(string option)
    {
        await using var demo = ServerProcess.Launch(["demo", option, .. ServerProcess.FreePorts, "--Deposit:MaxBodyOctets=1"]);

        (await demo.WaitForExitAsync()).ShouldBe(Failed, demo.Output + demo.Errors);

        demo.Output.ShouldContain(" 413 ");
        demo.Output.ShouldEndWith("The demo went wrong; the line above says where.");
    }
}
