using PosteRestante.Architecture.Tests.Projects;

namespace PosteRestante.Architecture.Tests.Assemblies;

public sealed class NamespaceTests
{
    [Theory]
    [InlineData("Protocols")]
    [InlineData("SipStack")]
    public void SipAndMsrp_InOneAssembly_DoNotKnowEachOther(string project) =>
        NamespaceRules.Apart.SelectMany(r => r.Violations(BuiltAssemblies.Of(project))).ShouldBeEmpty();

    [Fact]
    public void SipStack_Namespaces_PointDown() =>
        NamespaceRules.Stacked.SelectMany(r => r.Violations(BuiltAssemblies.Of("SipStack"))).ShouldBeEmpty();

    [Fact]
    public void SipEdge_OfTheStorage_KnowsThePortOfBodiesAlone() =>
        NamespaceRules.EdgeStorage.Violations(BuiltAssemblies.Of("SipEdge")).ShouldBeEmpty();

    [Fact]
    public void Rules_NameNamespacesThatHoldTypes()
    {
        // A rule about a namespace that was renamed would hold for ever.
        string[] types = [.. new[] { "Protocols", "SipStack", "SipEdge", "Storage" }.SelectMany(p => BuiltAssemblies.Of(p).Uses).Select(u => u.User).Distinct()];
        NamespaceRules.Apart.Concat(NamespaceRules.Stacked).Append(NamespaceRules.Pure).Append(NamespaceRules.EdgeStorage)
            .SelectMany(r => r.Forbidden.Where(f => f.StartsWith("PosteRestante.", StringComparison.Ordinal)).Select(f => f[..^2]).Append(r.Namespace))
            .Distinct()
            .Where(space => !types.Any(t => t.StartsWith(space + ".", StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Protocols_HaveNoWorldAroundThem()
    {
        var protocols = BuiltAssemblies.Of("Protocols");
        NamespaceRules.Pure.Violations(protocols).ShouldBeEmpty();
        protocols.ChangingStatics.ShouldBeEmpty();
    }

    [Fact]
    public void LogLines_AreGenerated() => LayerTable.Allowed.Keys
        .Except(["Grains.Local", "Grains.Local.Generator"])
        .SelectMany(p => NamespaceRules.GeneratedLogging.Violations(BuiltAssemblies.Of(p)))
        .ShouldBeEmpty();

    [Theory]
    [InlineData("class A { object? F = typeof(Sample.Msrp.B); }")]
    [InlineData("class A { void M(Sample.Msrp.B b) {} }")]
    [InlineData("class A { static void M() { var l = new System.Collections.Generic.List<Sample.Msrp.B>(); l.Clear(); } }")]
    [InlineData("class A : Sample.Msrp.B {}")]
    [InlineData("class A<T> where T : Sample.Msrp.B {}")]
    [InlineData("class A { class Inner { Sample.Msrp.B? _b; } }")]
    [InlineData("class A { void M() { try { } catch (Sample.Msrp.E) { } } }")]
    [InlineData("class A { string M() => Sample.Msrp.B.Make<int>(); }")]
    [InlineData("class A { [Sample.Msrp.Mark] void M() {} }")]
    [InlineData("class A { System.Func<int> M() => () => Sample.Msrp.B.Count; }")]
    public void Rule_EveryWayToUseAType_IsFound(string source)
    {
        var facts = SampleAssembly.Compile($$"""
            #nullable enable
            namespace Sample.Msrp
            {
                public class B { public static int Count; public static string Make<T>() => ""; }
                public class E : System.Exception {}
                public class MarkAttribute : System.Attribute {}
            }
            namespace Sample.Sip { {{source}} }
            """);
        new NamespaceRule("Sample.Sip", "Sample.Msrp.*").Violations(facts).ShouldNotBeEmpty();
        new NamespaceRule("Sample.Msrp", "Sample.Sip.*").Violations(facts).ShouldBeEmpty();
        new NamespaceRule("Sample.Si", "Sample.Msrp.*").Violations(facts).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("static object M() => System.DateTime.UtcNow;")]
    [InlineData("static void M() { System.IO.File.Delete(\"x\"); }")]
    [InlineData("static object M() => System.TimeProvider.System;")]
    [InlineData("static object? M(System.Net.Sockets.Socket s) => s;")]
    [InlineData("static async void M() { await System.Threading.Tasks.Task.Yield(); }")]
    [InlineData("void M(Microsoft.Extensions.Logging.ILogger log) {}")]
    public void PureRule_EachKindOfImpurity_IsFound(string member) =>
        NamespaceRules.Pure.Violations(SampleAssembly.Compile(
            $"#nullable enable\nnamespace PosteRestante.Protocols.Sip {{ class A {{ {member} }} }}")).ShouldNotBeEmpty();

    [Fact]
    public void PureRule_ValuesOfTimeAndAddress_AreAllowed() =>
        NamespaceRules.Pure.Violations(SampleAssembly.Compile(
            "namespace PosteRestante.Protocols.Sip { class A { System.DateTimeOffset D; System.TimeSpan T() => D - D; System.Net.Sockets.AddressFamily F; } }")).ShouldBeEmpty();

    [Fact]
    public void ChangingStatics_AreFound_AndReadOnlyOnesAreNot() =>
        SampleAssembly.Compile("class A { static int Changing; static readonly int Fixed = 1; const int C = 2; System.Func<int> F() => () => 1; }")
            .ChangingStatics.ShouldBe(["A.Changing"]);

    [Fact]
    public void LoggingRule_APlainLogCall_IsFound() =>
        NamespaceRules.GeneratedLogging.Violations(SampleAssembly.Compile("""
            using Microsoft.Extensions.Logging;
            namespace PosteRestante.SipEdge { class A { void M(ILogger log) => log.LogInformation("x"); } }
            """)).ShouldNotBeEmpty();
}
