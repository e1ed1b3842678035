using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.SipEdge.Retrieval;

/// <summary>Refuses values of <see cref="RetrievalOptions"/> that cannot work, all at once.</summary>
public sealed class RetrievalOptionsValidator : IValidateOptions<RetrievalOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, RetrievalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new OptionFailures(RetrievalOptions.SectionName)
            .Require(Enum.IsDefined(options.All), nameof(options.All), "must be Stored or Undelivered")
            .InRange(nameof(options.MaxSessions), options.MaxSessions, 1, 1_000_000)
            .Result();
    }
}
