namespace PosteRestante.Grains.Local.Tests.Manifest;

/// <summary>What the generator cannot serve stops the build with a sentence.</summary>
public sealed class GeneratorTests
{
    [Theory]
    [InlineData("public interface IThing : IGrainWithStringKey { void Go(); }", "IThing.Go: a grain method returns ValueTask")]
    [InlineData("public interface IThing : IGrainWithStringKey { int Count { get; } }", "IThing.Count")]
    [InlineData("public interface IThing : IGrainWithStringKey { ValueTask GoAsync<T>(T value); }", "IThing.GoAsync")]
    [InlineData("public interface IThing : IGrainWithStringKey { ValueTask GoAsync(ref int value); }", "IThing.GoAsync")]
    [InlineData("public interface IThing<T> : IGrainWithStringKey { ValueTask GoAsync(); }", "IThing: a grain interface is not generic")]
    [InlineData("public interface IThing : IGrainWithStringKey { } public class ThingGrain : Grain, IThing { public ThingGrain(int a) { } public ThingGrain() { } }", "has one constructor")]
    [InlineData("[GenerateSerializer] public record Thing(int A);", "has a constructor without parameters")]
    [InlineData("[GenerateSerializer] public record Thing { [Id(0)] public int A { get; } }", "Thing.A: a member with [Id] is a property with init or set")]
    public void Unsupported_StopsTheBuild(string source, string sentence) =>
        CompiledGrains.Errors(source).ShouldContain(error => error.Contains(sentence, StringComparison.Ordinal));

    [Fact]
    public void Supported_OfEveryKind_Compiles() => CompiledGrains.Errors(
        """
        namespace Deep.Down
        {
            public interface IBase : IGrainWithStringKey { ValueTask BaseAsync(); }
            public interface IThing : IBase, IRemindable
            {
                ValueTask<string?> NullableAsync(string? @event, int? number = null);
                Task PlainAsync();
                Task<Outer.Inner> NestedAsync(Outer.Inner value);
                ValueTask<int> OverloadAsync(int a);
                ValueTask<int> OverloadAsync(string a);
            }

            public static class Outer
            {
                [GenerateSerializer]
                public sealed record Inner { [Id(0)] public string? A { get; init; } [Id(1)] public int? B { get; init; } }
            }

            public sealed class Service;

            internal sealed class ThingGrain(Service service, [Microsoft.Extensions.DependencyInjection.FromKeyedServices("k")] TimeProvider clock) : Grain, IThing
            {
                public ValueTask BaseAsync() => default;
                public ValueTask<string?> NullableAsync(string? @event, int? number) => new((string?)(service.ToString() + clock));
                public Task PlainAsync() => Task.CompletedTask;
                public Task<Outer.Inner> NestedAsync(Outer.Inner value) => Task.FromResult(value);
                public ValueTask<int> OverloadAsync(int a) => new(a);
                public ValueTask<int> OverloadAsync(string a) => new(a.Length);
                public Task ReceiveReminder(string name, Orleans.Runtime.TickStatus status) => Task.CompletedTask;
            }
        }
        """).ShouldBeEmpty();
}
