namespace PosteRestante.Architecture.Tests.Sources;

/// <summary>Shows for each rule over the sources that it finds what it forbids.</summary>
public sealed class SourceRuleTests
{
    [Theory]
    [InlineData("src/X/A.cs", "namespace X; class A {} class B {}")]
    [InlineData("src/X/A.cs", "namespace X; class A {} enum B {}")]
    [InlineData("src/X/A.cs", "namespace X; class A {} delegate void B();")]
    [InlineData("src/X/A.cs", "namespace X; class B {}")]
    [InlineData("src/X/A.Log.cs", "namespace X; class A {}")]
    [InlineData("src/X/A{T}.cs", "namespace X; class A {}")]
    public void OneType_Broken_IsFound(string path, string text) =>
        FileRules.OneType(new SourceFile(path, text)).Count().ShouldBe(1);

    [Theory]
    [InlineData("src/X/A.cs", "namespace X; class A { class Inner {} }")]
    [InlineData("src/X/A.Log.cs", "namespace X; partial class A {}")]
    [InlineData("src/X/A.cs", "namespace X; class A<T> {}")]
    [InlineData("src/X/A{T}.cs", "namespace X; class A<T> {}")]
    [InlineData("src/X/Program.cs", "return 0;")]
    public void OneType_Kept_IsQuiet(string path, string text) =>
        FileRules.OneType(new SourceFile(path, text)).ShouldBeEmpty();

    [Theory]
    [InlineData(FileRules.LineLimit, 0)]
    [InlineData(FileRules.LineLimit + 1, 1)]
    public void Size_OverTheLimit_IsFound(int lines, int found) =>
        FileRules.Size(new SourceFile("src/X/A.cs", new string('\n', lines))).Count().ShouldBe(found);

    [Theory]
    [InlineData("src/X/Sip/A.cs", "namespace P.X.Sip; class A {}", 0)]
    [InlineData("src/X/A.cs", "namespace P.X; class A {}", 0)]
    [InlineData("src/X/Sip/A.cs", "namespace P.X; class A {}", 1)]
    [InlineData("src/X/A.cs", "namespace P.X.Sip; class A {}", 1)]
    [InlineData("src/X/A.cs", "class A {}", 1)]
    public void Namespace_NotTheFolder_IsFound(string path, string text, int found) =>
        FileRules.NamespaceIsFolder(new SourceFile(path, text), "src/X", "P.X").Count().ShouldBe(found);

    [Theory]
    [InlineData("#if ORLEANS\n#endif\nclass A {}", true)]
    [InlineData("// #if ORLEANS\nclass A {}", false)]
    public void Condition_IsFound(string text, bool found) =>
        FileRules.HasCondition(new SourceFile("src/X/A.cs", text)).ShouldBe(found);

    [Theory]
    [InlineData("""/// <summary>X.</summary> sealed class AOptions { const string SectionName = "A"; /// <summary>Y.</summary> public int Y { get; set; } = 1; }""", 0)]
    [InlineData("""/// <summary>X.</summary> sealed class AOptions { /// <summary>Y.</summary> public int Y { get; set; } = 1; }""", 1)]
    [InlineData("""/// <summary>X.</summary> sealed class AOptions { const string SectionName = "A"; public int Y { get; set; } = 1; }""", 1)]
    [InlineData("""/// <summary>X.</summary> sealed class AOptions { const string SectionName = "A"; /// <summary>Y.</summary> public int Y { get; set; } }""", 1)]
    [InlineData("""/// <summary>X.</summary> sealed class AOptions { const string SectionName = "A"; /// <summary>Y, by default 0.</summary> public int Y { get; set; } }""", 0)]
    [InlineData("""/// <summary>X.</summary> class AOptions { const string SectionName = "A"; }""", 1)]
    [InlineData("""sealed class AOptions { const string SectionName = "A"; public int Y => 1; }""", 1)]
    [InlineData("""/// <summary>X.</summary> sealed class AOptions { /// <summary>B.</summary> public BOptions B { get; set; } = new(); }""", 0)]
    [InlineData("class AOptionsValidator { public int Y { get; set; } }", 0)]
    public void Options_Broken_AreFound(string text, int found) =>
        OptionsRule.Violations(new SourceFile("src/X/AOptions.cs", text.Replace("summary> ", "summary>\n", StringComparison.Ordinal)))
            .Count().ShouldBe(found);

    [Fact]
    public void BannedWords_AreFound()
    {
        string[] bad = ["https://api.nu" + "get.org/v3", "cd /wo" + "rk/main", "(/tm" + "p/x)", "FROM mcr.micro" + "soft.com/dotnet/sdk"];
        bad.SelectMany(line => BannedWords.Violations("a.md", line)).Count().ShouldBe(bad.Length);
        BannedWords.Violations("a.md", "var/work/x and ./work/ and docs/root.md").ShouldBeEmpty();
    }
}
