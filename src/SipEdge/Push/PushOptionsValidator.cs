using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.SipEdge.Push;

/// <summary>Refuses values of <see cref="PushOptions"/> that cannot work, all at once.</summary>
public sealed class PushOptionsValidator : IValidateOptions<PushOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PushOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new OptionFailures(PushOptions.SectionName)
            .Require(
                options.AcceptContactSuffix is "" or ";require" or ";explicit" or ";require;explicit",
                nameof(options.AcceptContactSuffix),
                "must be empty, ;require, ;explicit or ;require;explicit")
            .InRange(nameof(options.AnswerWait), options.AnswerWait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(3))
            .InRange(nameof(options.SessionExpires), options.SessionExpires, TimeSpan.FromSeconds(90), TimeSpan.FromDays(1))
            .InRange(nameof(options.BusyPause), options.BusyPause, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1))
            .InRange(nameof(options.BusyWait), options.BusyWait, TimeSpan.Zero, TimeSpan.FromHours(1))
            .InRange(nameof(options.MaxConcurrent), options.MaxConcurrent, 1, 100_000)
            .InRange(nameof(options.MaxWaiting), options.MaxWaiting, 0, 1_000_000)
            .InRange(nameof(options.StartsPerSecond), options.StartsPerSecond, 1, 1_000_000)
            .Result();
    }
}
