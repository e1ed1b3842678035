namespace PosteRestante.Architecture.Tests.Conformance;

/// <summary>A test, or a class of tests, that says it holds a requirement.</summary>
/// <param name="Id">The requirement's id.</param>
/// <param name="Project">The test project, without <c>.Tests</c>.</param>
/// <param name="Test">The class, or class and method.</param>
internal sealed record HeldRequirement(string Id, string Project, string Test);
