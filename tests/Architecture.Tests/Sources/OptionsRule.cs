using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PosteRestante.Architecture.Tests.Sources;

/// <summary>
/// An options class names its section, and each of its settings has its default in place (or, where it is zero, in its
/// comment) and a comment that says what it is.
/// </summary>
internal static class OptionsRule
{
    public static IEnumerable<string> Violations(SourceFile file) => file.TopLevelTypes
        .OfType<ClassDeclarationSyntax>()
        .Where(c => c.Identifier.ValueText.EndsWith("Options", StringComparison.Ordinal))
        .SelectMany(c => OfClass(file, c));

    private static IEnumerable<string> OfClass(SourceFile file, ClassDeclarationSyntax type)
    {
        var name = type.Identifier.ValueText;
        if (!type.Modifiers.Any(SyntaxKind.SealedKeyword))
        {
            yield return $"{file.Path}: {name} is not sealed";
        }

        if (!Documented(type))
        {
            yield return $"{file.Path}: {name} has no doc comment";
        }

        if (!type.Members.OfType<FieldDeclarationSyntax>().Any(IsSectionName) && !IsAggregate(type))
        {
            yield return $"{file.Path}: {name} has no const string SectionName";
        }

        foreach (var setting in type.Members.OfType<PropertyDeclarationSyntax>().Where(IsSetting))
        {
            if (!Documented(setting))
            {
                yield return $"{file.Path}: {name}.{setting.Identifier.ValueText} has no doc comment";
            }

            if (setting.Initializer is null && setting.Type is not NullableTypeSyntax && !SaysItsDefault(setting))
            {
                yield return $"{file.Path}: {name}.{setting.Identifier.ValueText} has no default, neither in place nor in its comment";
            }
        }
    }

    // Options that only gather others, each with a section of its own.
    private static bool IsAggregate(ClassDeclarationSyntax type)
    {
        var settings = type.Members.OfType<PropertyDeclarationSyntax>().Where(IsSetting).ToList();
        return settings.Count > 0 && settings.TrueForAll(s => s.Initializer?.Value is BaseObjectCreationExpressionSyntax);
    }

    private static bool IsSectionName(FieldDeclarationSyntax field) =>
        field.Modifiers.Any(SyntaxKind.ConstKeyword)
        && field.Declaration.Variables.Any(v => v.Identifier.ValueText == "SectionName");

    private static bool IsSetting(PropertyDeclarationSyntax property) =>
        property.Modifiers.Any(SyntaxKind.PublicKeyword)
        && !property.Modifiers.Any(SyntaxKind.StaticKeyword)
        && property.AccessorList?.Accessors.Any(a => a.IsKind(SyntaxKind.SetAccessorDeclaration) || a.IsKind(SyntaxKind.InitAccessorDeclaration)) == true;

    // A default of false or 0 is not written in place (CA1805), so the comment has to say it.
    private static bool SaysItsDefault(PropertyDeclarationSyntax setting) =>
        setting.GetLeadingTrivia().ToFullString().Contains("default", StringComparison.OrdinalIgnoreCase);

    private static bool Documented(MemberDeclarationSyntax member) =>
        member.GetLeadingTrivia().Any(t => t.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia));
}
