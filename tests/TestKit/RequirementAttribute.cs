using Xunit.v3;

namespace PosteRestante.TestKit;

/// <summary>
/// Names the requirements that a test holds, by the ids of the specification profile (<c>DM-12.2.2.3-1</c>,
/// <c>D16</c>, <c>A17</c>). <c>docs/conformance.md</c> is generated from these.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequirementAttribute(params string[] ids) : Attribute, ITraitAttribute
{
    /// <summary>The requirement ids.</summary>
    public IReadOnlyList<string> Ids { get; } = ids;

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. Ids.Select(id => new KeyValuePair<string, string>("Requirement", id))];
}
