using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>The <c>poste</c> commands of README, one after the other, against a server in the same folder.</summary>
public sealed class ReadmeStoryTests
{
    [Fact]
    public async Task Readme_PosteCommands_SendAndCollectAMessage()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Repository.PathOf("README.md"), folder.PathOf("README.md")); // one of them sends it
        await using var server = await ServerProcess.StartAsync(Path.Combine(folder.Path, "data"));
        string[] commands = [.. CommandBlock
            .In("README.md", await File.ReadAllTextAsync(Repository.PathOf("README.md"), TestContext.Current.CancellationToken))
            .Select(c => c.Command)
            .Where(Shell.IsPoste)
            .Where(static command => !command.Contains(" --tls", StringComparison.Ordinal))]; // TlsStoryTests
        var outputs = new List<string>();
        foreach (var command in commands)
        {
            var (exitCode, output) = await Shell.RunAsync(command, folder.Path);
            exitCode.ShouldBe(0, $"{command}\n{output}\n{server.Output}\n{server.Errors}");
            outputs.Add(output);
        }

        var text = commands[0].Split('"')[1];
        outputs[^1].ShouldContain(text);
        outputs[^1].ShouldContain("Post that is held until it is called for.");
    }
}
