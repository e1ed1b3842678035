using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.SipEdge.Retrieval;

/// <summary>Refuses values of <see cref="RetrievalOptions"/> that cannot work, all at once.</summary>
public sealed class RetrievalOptionsValidator : IValidateOptions<RetrievalOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, RetrievalOptions options) =>
        new OptionFailures(RetrievalOptions.SectionName)
            .Require(Enum.IsDefined(options.All), nameof(options.All), "must be Stored or Undelivered")
            .InRange(nameof(options.PageMessages), options.PageMessages, 1, 1024)
            .InRange(nameof(options.PageOctets), options.PageOctets, 1, 64 * 1024 * 1024)
            .InRange(nameof(options.ConfirmMessages), options.ConfirmMessages, 1, 64)
            .InRange(nameof(options.FirstSendTimeout), options.FirstSendTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5))
            .InRange(nameof(options.ReportWait), options.ReportWait, TimeSpan.Zero, TimeSpan.FromMinutes(1))
            .InRange(nameof(options.MaxSessions), options.MaxSessions, 1, 1_000_000)
            .Result();
}
