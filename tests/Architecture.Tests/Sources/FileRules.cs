using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PosteRestante.Architecture.Tests.Sources;

/// <summary>What every C# file keeps: one type, named like the file, in the namespace of its folder, and short.</summary>
internal static class FileRules
{
    /// <summary>Lines in a file, at most. A typical file has 150.</summary>
    public const int LineLimit = 500;

    public static IEnumerable<string> OneType(SourceFile file)
    {
        var names = file.TopLevelTypes.Select(SourceFile.NameOf).ToList();
        if (names.Count > 1)
        {
            yield return $"{file.Path} holds {string.Join(", ", names)}: one top-level type a file";
        }
        else if (names.Count == 1 && !IsNamedAfter(file, names[0]))
        {
            yield return $"{file.Path} holds {names[0]}: a file is named after its type (X.cs, X{{T}}.cs for a generic one, X.<Concern>.cs for a partial one)";
        }
    }

    public static IEnumerable<string> Size(SourceFile file)
    {
        if (file.Lines > LineLimit)
        {
            yield return $"{file.Path} has {file.Lines} lines, more than {LineLimit}";
        }
    }

    /// <param name="file">The file.</param>
    /// <param name="project">The project's folder, from the repository's root.</param>
    /// <param name="root">The project's root namespace.</param>
    public static IEnumerable<string> NamespaceIsFolder(SourceFile file, string project, string root)
    {
        var folder = Path.GetDirectoryName(Path.GetRelativePath(project, file.Path))!;
        var expected = folder.Length == 0 ? root : $"{root}.{folder.Replace('\\', '.').Replace('/', '.')}";
        foreach (var space in file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().Where(n => n.Name.ToString() != expected))
        {
            yield return $"{file.Path} is in the namespace {space.Name}, its folder says {expected}";
        }

        if (file.TopLevelTypes.Any(t => t.Parent is CompilationUnitSyntax))
        {
            yield return $"{file.Path} has a type without a namespace, its folder says {expected}";
        }
    }

    /// <summary>Whether conditional compilation stands in the file.</summary>
    public static bool HasCondition(SourceFile file) =>
        file.Root.DescendantTrivia(descendIntoTrivia: false).Any(t => t.IsKind(SyntaxKind.IfDirectiveTrivia));

    private static bool IsNamedAfter(SourceFile file, string type)
    {
        var name = Path.GetFileNameWithoutExtension(file.Path);
        return name == type
            // A generic type beside a plain one of the same name: X{T}.cs.
            || (name.StartsWith(type + "{", StringComparison.Ordinal) && file.TopLevelTypes.First() is TypeDeclarationSyntax { TypeParameterList: not null })
            || (name.StartsWith(type + ".", StringComparison.Ordinal)
                && file.TopLevelTypes.First() is TypeDeclarationSyntax t && t.Modifiers.Any(SyntaxKind.PartialKeyword));
    }
}
