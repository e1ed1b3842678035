using PosteRestante.Architecture.Tests.Sources;

namespace PosteRestante.Architecture.Tests.Documents;

public sealed class ConfigurationDocumentTests
{
    [Fact]
    [Trait(GeneratedDocument.Trait, GeneratedDocument.TraitValue)]
    public void Document_IsWhatTheOptionsSay() =>
        GeneratedDocument.Check("configuration.md", ConfigurationDocument.Render(ConfigurationDocument.Sections()));

    [Fact]
    public void Section_OfAnOptionsClass_IsReadWhole()
    {
        var section = SettingsSection.In(new SourceFile("src/X/AOptions.cs", """
            namespace X;
            /// <summary>What it
            /// is for.</summary>
            public sealed class AOptions
            {
                /// <summary>The section.</summary>
                public const string SectionName = "A:B";
                /// <summary>One of <c>a|b</c>, as <see cref="X.Other"/> says.</summary>
                public string Text { get; set; } = "a";
                /// <summary>Octets.</summary>
                public int Size { get; set; } = 32 * 1024;
                /// <summary>Count.</summary>
                public int Count { get; set; } = 65_536;
                /// <summary>Off by default.</summary>
                public bool On { get; set; }
                /// <summary>Time.</summary>
                public TimeSpan Time { get; set; } = TimeSpan.FromDays(7);
                /// <summary>List.</summary>
                public IList<string> List { get; } = ["a", "b"];
            }
            """)).ShouldHaveSingleItem();
        section.Name.ShouldBe("A:B");
        section.Comment.ShouldBe("What it is for.");
        section.Settings.ShouldBe([
            new("Text", "`a`", "One of `a\\|b`, as `Other` says."),
            new("Size", "`32768`", "Octets."),
            new("Count", "`65536`", "Count."),
            new("On", "`false`", "Off by default."),
            new("Time", "`7.00:00:00`", "Time."),
            new("List", "`a`, `b`", "List."),
        ]);
    }
}
