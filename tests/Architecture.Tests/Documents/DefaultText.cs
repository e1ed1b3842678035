using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>A setting's default as one would write it in the settings file.</summary>
internal static class DefaultText
{
    public static string Of(PropertyDeclarationSyntax setting) => setting.Initializer is { } initializer
        ? OfExpression(initializer.Value)
        : OfType(setting.Type);

    private static string OfExpression(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text.Length == 0 ? "empty" : Code(text),
        LiteralExpressionSyntax literal => Code(literal.Token.Text.Replace("_", "", StringComparison.Ordinal)),
        InvocationExpressionSyntax call when Duration(call) is { } duration => Code(duration.ToString("c", CultureInfo.InvariantCulture)),
        BinaryExpressionSyntax { RawKind: (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.MultiplyExpression } product
            when Number(product) is { } number => Code(number.ToString(CultureInfo.InvariantCulture)),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" } => "empty",
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Zero" } => Code("00:00:00"),
        MemberAccessExpressionSyntax member => Code(member.Name.Identifier.ValueText),
        CollectionExpressionSyntax list => list.Elements.Count == 0
            ? "empty"
            : string.Join(", ", list.Elements.OfType<ExpressionElementSyntax>().Select(e => OfExpression(e.Expression))),
        BaseObjectCreationExpressionSyntax => "see there",
        _ => Code(value.ToString()),
    };

    private static string OfType(TypeSyntax type) => type switch
    {
        NullableTypeSyntax => "none",
        PredefinedTypeSyntax { Keyword.ValueText: "bool" } => Code("false"),
        PredefinedTypeSyntax { Keyword.ValueText: "string" } => "none",
        PredefinedTypeSyntax => Code("0"),
        _ when type.ToString() == nameof(TimeSpan) => Code("00:00:00"),
        _ => "none",
    };

    private static TimeSpan? Duration(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: nameof(TimeSpan) } } member
            || arguments.Count != 1 || Number(arguments[0].Expression) is not { } number)
        {
            return null;
        }

        return member.Name.Identifier.ValueText switch
        {
            nameof(TimeSpan.FromDays) => TimeSpan.FromDays((double)number),
            nameof(TimeSpan.FromHours) => TimeSpan.FromHours((double)number),
            nameof(TimeSpan.FromMinutes) => TimeSpan.FromMinutes((double)number),
            nameof(TimeSpan.FromSeconds) => TimeSpan.FromSeconds((double)number),
            nameof(TimeSpan.FromMilliseconds) => TimeSpan.FromMilliseconds((double)number),
            _ => null,
        };
    }

    private static decimal? Number(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax { Token.Value: int or long or double or uint } literal =>
            Convert.ToDecimal(literal.Token.Value, CultureInfo.InvariantCulture),
        BinaryExpressionSyntax { OperatorToken.ValueText: "*" } product => Number(product.Left) * Number(product.Right),
        ParenthesizedExpressionSyntax inner => Number(inner.Expression),
        _ => null,
    };

    private static string Code(string text) => $"`{text}`";
}
