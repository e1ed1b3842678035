using System.Text;

namespace Orleans.Generator;

/// <summary>One method of a reference, and the pooled call that it sends.</summary>
internal static class CallSource
{
    public static void Reference(StringBuilder text, MethodShape shape, string call)
    {
        var assignments = string.Concat(shape.Fields.Select(static field => $"\n        call.{field.Field} = {field.Name};"));
        text.Append($$"""

                {{shape.Returns}} {{shape.Interface}}.{{shape.Method.Name}}({{shape.Parameters}})
                {
                    var call = {{call}}.Take();{{assignments}}
                    return call.Start(this){{(shape.IsTask ? ".AsTask()" : "")}};
                }

            """);
    }

    public static void Call(StringBuilder text, MethodShape shape, string call)
    {
        var fields = string.Concat(shape.Fields.Select(static field => $"    internal {field.Type} {field.Field} = default!;\n"));
        var copies = string.Concat(shape.Fields.Select(static field => $"        {field.Field} = global::Orleans.Embedded.Copying.Copier<{field.Type}>.Copy({field.Field});\n"));
        var duplicates = string.Concat(shape.Fields.Select(static field => $"        copy.{field.Field} = global::Orleans.Embedded.Copying.Copier<{field.Type}>.Copy({field.Field});\n"));
        var clears = string.Concat(shape.Fields.Select(static field => $"        {field.Field} = default!;\n"));
        var invocation = $"(({shape.Interface})grain).{shape.Method.Name}({shape.Arguments})";
        text.Append($$"""

            internal sealed class {{call}} : {{shape.Base}}
            {
                [global::System.ThreadStatic]
                private static global::Orleans.Embedded.Calls.CallPool<{{call}}>? _pool;

            {{fields}}
                private {{call}}()
                    : base("{{shape.Method.Name}}", {{shape.Options}})
                {
                }

                public static {{call}} Take() => (_pool ??= new()).TryTake(out var call) ? call : new();

                protected override {{shape.Promise}} InvokeOn(object grain) => {{(shape.IsTask ? $"new({invocation})" : invocation)}};

                protected override void CopyArguments()
                {
            {{copies}}    }

                protected override global::Orleans.Embedded.Calls.GrainCall Duplicate()
                {
                    var copy = new {{call}}();
            {{duplicates}}        return copy;
                }

                protected override void Recycle()
                {
            {{clears}}        base.Recycle();
                    (_pool ??= new()).Return(this);
                }
            }

            """);
    }
}
