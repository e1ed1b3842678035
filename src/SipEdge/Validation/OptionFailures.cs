using Microsoft.Extensions.Options;

namespace PosteRestante.SipEdge.Validation;

/// <summary>Gathers every failure of a section, each as a sentence that names the key.</summary>
public sealed class OptionFailures(string section)
{
    private readonly List<string> _failures = [];

    /// <summary>Demands that a value lies between two bounds, both allowed.</summary>
    public OptionFailures InRange<T>(string key, T value, T least, T most)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? this
            : Add(key, $"is {value} but must be from {least} to {most}");

    /// <summary>Demands that a text is there.</summary>
    public OptionFailures NotEmpty(string key, string value) =>
        string.IsNullOrWhiteSpace(value) ? Add(key, "is empty but must be given") : this;

    /// <summary>Adds a failure unless the condition holds.</summary>
    public OptionFailures Require(bool holds, string key, string sentence) => holds ? this : Add(key, sentence);

    /// <summary>The result for the options framework.</summary>
    public ValidateOptionsResult Result() =>
        _failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_failures);

    private OptionFailures Add(string key, string sentence)
    {
        _failures.Add($"{section}:{key} {sentence}.");
        return this;
    }
}
