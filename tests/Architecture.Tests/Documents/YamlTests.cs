using PosteRestante.Architecture.Tests.Sources;
using PosteRestante.TestKit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>The pipelines and the deployment files are YAML, and what they name is there.</summary>
public sealed class YamlTests
{
    private const string TestTemplate = ".azure/pipelines/templates/test.yml";

    public static TheoryData<string> Files => [.. RepositoryFiles.All()
        .Select(f => f.Path)
        .Where(p => Path.GetExtension(p) is ".yml" or ".yaml")
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_Loads_AndWhatItNamesIsThere(string path)
    {
        var root = Load(File.ReadAllText(Repository.PathOf(path)));
        foreach (var template in ScalarsOf(root, "template"))
        {
            // A template is named from the file that uses it.
            File.Exists(Path.Combine(Path.GetDirectoryName(Repository.PathOf(path))!, template)).ShouldBeTrue($"{path} names {template}");
        }

        foreach (var script in ScalarsOf(root, "script").SelectMany(s => s.Split(' ')).Where(w => w.StartsWith("./", StringComparison.Ordinal)))
        {
            File.Exists(Repository.PathOf(script)).ShouldBeTrue($"{path} runs {script}");
        }
    }

    [Fact]
    public void Pipeline_TestsBothRuntimes()
    {
        var runtimes = ScalarsOf(Load(File.ReadAllText(Repository.PathOf(TestTemplate))), "runtime");
        runtimes.ShouldBe(["Local", "Orleans"], ignoreOrder: true);
    }

    [Fact]
    public void Load_OfWhatIsNotYaml_Fails() => Should.Throw<YamlException>(() => Load("a: [b"));

    [Fact]
    public void Scalars_AtAnyDepth_AreFound() => ScalarsOf(Load("jobs:\n  - template: a\n    x: {template: b}"), "template").ShouldBe(["a", "b"]);

    private static YamlNode Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.ShouldHaveSingleItem().RootNode;
    }

    private static IEnumerable<string> ScalarsOf(YamlNode root, string key) => root.AllNodes
        .OfType<YamlMappingNode>()
        .SelectMany(m => m.Children)
        .Where(c => c.Key is YamlScalarNode { Value: { } name } && name == key)
        .Select(c => (c.Value as YamlScalarNode)?.Value)
        .OfType<string>()
        .Distinct();
}
