using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PosteRestante.Architecture.Tests.Sources;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>An options class as a section of the settings file.</summary>
/// <param name="Name">The section, with colons between its levels.</param>
/// <param name="TypeName">The options class.</param>
/// <param name="Comment">What the class's doc comment says.</param>
/// <param name="Settings">Its settings in the order of the source.</param>
internal sealed record SettingsSection(string Name, string TypeName, string Comment, IReadOnlyList<Setting> Settings)
{
    /// <summary>The sections that a file declares.</summary>
    public static IEnumerable<SettingsSection> In(SourceFile file) =>
        from type in file.TopLevelTypes.OfType<ClassDeclarationSyntax>()
        let name = SectionName(type)
        where name is not null
        select new SettingsSection(name, type.Identifier.ValueText, DocComment.Of(type), [.. type.Members.OfType<PropertyDeclarationSyntax>()
            .Where(IsSetting)
            .Select(p => new Setting(p.Identifier.ValueText, DefaultText.Of(p), DocComment.Of(p)))]);

    private static string? SectionName(ClassDeclarationSyntax type) => type.Members
        .OfType<FieldDeclarationSyntax>()
        .Where(f => f.Modifiers.Any(SyntaxKind.ConstKeyword))
        .SelectMany(f => f.Declaration.Variables)
        .Where(v => v.Identifier.ValueText == "SectionName")
        .Select(v => (v.Initializer?.Value as LiteralExpressionSyntax)?.Token.ValueText)
        .FirstOrDefault();

    private static bool IsSetting(PropertyDeclarationSyntax property) =>
        property.Modifiers.Any(SyntaxKind.PublicKeyword)
        && !property.Modifiers.Any(SyntaxKind.StaticKeyword)
        && property.AccessorList?.Accessors.Count > 0;
}
