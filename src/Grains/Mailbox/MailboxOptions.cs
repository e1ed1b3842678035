using System.ComponentModel.DataAnnotations;

namespace PosteRestante.Grains.Mailbox;

/// <summary>Limits and habits of every mailbox.</summary>
public sealed class MailboxOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Mailbox";

    /// <summary>
    /// The deployment's secret, 32 octets in base64, equal on all silos; it must never change. Empty, the default for one
    /// embedded silo: it is made at the first start and kept in the store.
    /// </summary>
    [RegularExpression("|[A-Za-z0-9+/]{43}=", ErrorMessage = "Mailbox:KeySecret must be 32 octets in base64.")]
    public string KeySecret { get; set; } = string.Empty;

    /// <summary>
    /// Messages that one mailbox may hold, delivered ones included; one more is refused (480). Default 10,000: a user away
    /// for months, while a flood of one sender stays bounded.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxMessages { get; set; } = 10_000;

    /// <summary>
    /// Octets of messages that one mailbox may hold, large ones included; more is refused (480). Default 512 MiB: a full mailbox
    /// of ordinary messages and a few large ones.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long MaxOctets { get; set; } = 512L * 1024 * 1024;

    /// <summary>
    /// How long a delivery holds its mailbox without progress. Default 60 s: longer than any pause of a live client, short
    /// enough that a push after a lost client is not late.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether a pull removes what it delivered. Default no (D11): it is marked delivered and kept until it is deleted or
    /// expires.
    /// </summary>
    public bool RemoveAfterPull { get; set; }

    /// <summary>Whether a push removes what it delivered. Default yes (D11).</summary>
    public bool RemoveAfterPush { get; set; } = true;

    /// <summary>
    /// How often a message may stay in doubt (sent whole, not answered) before it goes last. Default 3: two losses of a
    /// connection are bad luck.
    /// </summary>
    [Range(1, 100)]
    public int InDoubtLimit { get; set; } = 3;

    /// <summary>Entries that the head record holds before the oldest move to a page. Default 32, about 4 KiB.</summary>
    [Range(1, 1024)]
    public int HeadEntries { get; set; } = 32;

    /// <summary>Octets of entries that the head record holds before the oldest move to a page. Default 4 KiB.</summary>
    [Range(256, 65_536)]
    public int HeadOctets { get; set; } = 4096;

    /// <summary>Entries of one index page. Default 64: what one delivery page asks for.</summary>
    [Range(1, 4096)]
    public int PageEntries { get; set; } = 64;

    /// <summary>Octets of entries after which an index page takes no more. Default 16 KiB.</summary>
    [Range(256, 1_048_576)]
    public int PageOctets { get; set; } = 16_384;

    /// <summary>
    /// Page summaries that the head holds on each level, and a page of summaries below it. Default 32: a hundred thousand
    /// messages are three levels, about 5 KiB of head.
    /// </summary>
    [Range(2, 1024)]
    public int FanOut { get; set; } = 32;

    /// <summary>
    /// Decisions about single entries that the head holds until they are carried out; more wait. Default 512: eight full
    /// confirmations, about 16 KiB.
    /// </summary>
    [Range(64, 4096)]
    public int MaxIntents { get; set; } = 512;

    /// <summary>
    /// Decisions that touch only pages are carried out together when this many wait during a delivery. Default 256: half of
    /// the bound, so that confirmations seldom wait.
    /// </summary>
    [Range(1, 4096)]
    public int FoldIntents { get; set; } = 256;

    /// <summary>
    /// The same when no delivery runs. Default 32, about 1 KiB: every deposit writes them again.
    /// </summary>
    [Range(1, 4096)]
    public int FoldIntentsAtRest { get; set; } = 32;

    /// <summary>Outcomes taken in one confirmation; more are refused. Default 64.</summary>
    [Range(1, 1024)]
    public int MaxOutcomes { get; set; } = 64;

    /// <summary>Messages in one page of a delivery, whatever is asked for. Default 64.</summary>
    [Range(1, 1024)]
    public int MaxDeliveryPage { get; set; } = 64;

    /// <summary>Entries in one page of a list, whatever is asked for. Default 256.</summary>
    [Range(1, 4096)]
    public int MaxListPage { get; set; } = 256;

    /// <summary>
    /// Octets of the sender's URI that the index keeps; a longer one is listed empty (the message itself keeps it).
    /// Default 512.
    /// </summary>
    [Range(0, 4096)]
    public int MaxFromOctets { get; set; } = 512;

    /// <summary>Octets of the subject that the index keeps; a longer one is cut between characters. Default 64.</summary>
    [Range(0, 4096)]
    public int MaxSubjectOctets { get; set; } = 64;

    /// <summary>
    /// How long before its expiry a message grain keeps a timer. Default 10 minutes: what is due later is found
    /// expired when the mailbox is next used, so an idle message costs no memory. At most 10 minutes: an activation that is
    /// idle for 15 is collected, and its timer with it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ExpiryTimerHorizon { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long the work behind a head write waits after the store failed; doubled up to <see cref="MaxRetryDelay"/>.
    /// Default 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such wait. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often a step is judged again on a new head before it reports that the store did not confirm. Default 8.
    /// </summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 8;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxOutcomes > MaxIntents)
        {
            yield return new ValidationResult(
                $"{SectionName}:{nameof(MaxOutcomes)} must not be above {SectionName}:{nameof(MaxIntents)}: a confirmation has to fit.");
        }

        if (FoldIntents > MaxIntents || FoldIntentsAtRest > MaxIntents)
        {
            yield return new ValidationResult(
                $"{SectionName}:{nameof(FoldIntents)} and {nameof(FoldIntentsAtRest)} must not be above {nameof(MaxIntents)}.");
        }
    }
}
