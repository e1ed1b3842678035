using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.SipEdge.Deposit;

/// <summary>Refuses values of <see cref="DepositOptions"/> that cannot work, all at once.</summary>
public sealed class DepositOptionsValidator : IValidateOptions<DepositOptions>
{
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(3650);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DepositOptions options) =>
        new OptionFailures(DepositOptions.SectionName)
            .InRange(nameof(options.MaxLifetime), options.MaxLifetime, TimeSpan.FromSeconds(1), LongestLifetime)
            .InRange(nameof(options.DefaultLifetime), options.DefaultLifetime, TimeSpan.FromSeconds(1), options.MaxLifetime)
            .InRange(nameof(options.DateTolerance), options.DateTolerance, TimeSpan.Zero, TimeSpan.FromDays(1))
            .InRange(nameof(options.MaxBodyOctets), options.MaxBodyOctets, 1, 16 * 1024 * 1024)
            .InRange(nameof(options.InlineBodyOctets), options.InlineBodyOctets, 0, 64 * 1024)
            .InRange(nameof(options.MaxPending), options.MaxPending, 1, 10_000_000)
            .InRange(nameof(options.MaxPendingOctets), options.MaxPendingOctets, 1, int.MaxValue)
            .InRange(nameof(options.RetryAfter), options.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1))
            .InRange(Large(nameof(options.Large.MaxBytes)), options.Large.MaxBytes, 1, long.MaxValue)
            .InRange(Large(nameof(options.Large.MaxSessions)), options.Large.MaxSessions, 1, 100_000)
            .InRange(Large(nameof(options.Large.MaxSessionsPerMailbox)), options.Large.MaxSessionsPerMailbox, 1, 100_000)
            .InRange(Large(nameof(options.Large.MaxMessages)), options.Large.MaxMessages, 1, 1_000_000)
            .InRange(Large(nameof(options.Large.IdleTimeout)), options.Large.IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24))
            .Result();

    private static string Large(string key) => $"{nameof(DepositOptions.Large)}:{key}";
}
