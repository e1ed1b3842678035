using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>What a call has to know of a grain method.</summary>
internal sealed class MethodShape
{
    private MethodShape(IMethodSymbol method, bool isTask, ITypeSymbol? result)
    {
        Method = method;
        IsTask = isTask;
        Result = result is null ? null : Symbols.Name(result);
    }

    public IMethodSymbol Method { get; }

    /// <summary>Whether it returns a Task and not a ValueTask.</summary>
    public bool IsTask { get; }

    /// <summary>The type of the result, or null.</summary>
    public string? Result { get; }

    public string Interface => Symbols.Plain(Method.ContainingType);

    public string Returns => Symbols.Name(Method.ReturnType);

    public string Parameters => string.Join(", ", Method.Parameters.Select(static parameter => $"{Symbols.Name(parameter.Type)} @{parameter.Name}"));

    public IEnumerable<(string Type, string Field, string Name)> Fields =>
        Method.Parameters.Select(static (parameter, index) => (Symbols.Name(parameter.Type), $"_argument{index}", $"@{parameter.Name}"));

    public string Arguments => string.Join(", ", Fields.Select(static argument => argument.Field));

    public string Base => Result is null ? "global::Orleans.Embedded.Calls.GrainCallWithoutResult" : $"global::Orleans.Embedded.Calls.GrainCall<{Result}>";

    public string Promise => Result is null ? "global::System.Threading.Tasks.ValueTask" : $"global::System.Threading.Tasks.ValueTask<{Result}>";

    public string Options
    {
        get
        {
            var options = new List<string>();
            foreach (var option in new[] { "OneWay", "ReadOnly", "AlwaysInterleave" })
            {
                if (Symbols.Has(Method, $"Orleans.Concurrency.{option}Attribute"))
                {
                    options.Add($"global::Orleans.Embedded.Calls.CallOptions.{option}");
                }
            }

            return options.Count == 0 ? "global::Orleans.Embedded.Calls.CallOptions.None" : string.Join(" | ", options);
        }
    }

    public static bool TryRead(IMethodSymbol method, out MethodShape shape)
    {
        var returned = method.ReturnType as INamedTypeSymbol;
        var name = returned?.OriginalDefinition.ToDisplayString();
        var isTask = name is "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task<TResult>";
        var isPromise = isTask || name is "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask<TResult>";
        shape = new MethodShape(method, isTask, returned is { IsGenericType: true } ? returned.TypeArguments[0] : null);
        return isPromise && !method.IsGenericMethod && method.Parameters.All(static parameter => parameter.RefKind == RefKind.None);
    }
}
