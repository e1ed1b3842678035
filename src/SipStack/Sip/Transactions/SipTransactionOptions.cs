using System.ComponentModel.DataAnnotations;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>The bounds of the transaction layer.</summary>
public sealed class SipTransactionOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Sip:Transactions";

    /// <summary>Server transactions at work, default 32,768; beyond it new requests get 503.</summary>
    [Range(1, 10_000_000)]
    public int MaxServerTransactions { get; set; } = 32_768;

    /// <summary>Octets of the requests of server transactions at work, default 128 MiB; beyond it new requests get 503.</summary>
    [Range(1, int.MaxValue)]
    public int MaxServerTransactionOctets { get; set; } = 128 * 1024 * 1024;

    /// <summary>
    /// Completed non-INVITE server transactions whose final response is kept for retransmissions until timer J, default 65,536
    /// (some 50 MB). Beyond it the oldest is forgotten: its request, sent again, is handled anew, which is right for
    /// MESSAGE, whose deposit is idempotent. At 20,000 requests a second each is so kept for three seconds or more, which
    /// is where timer E sends the third time.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxCompletedTransactions { get; set; } = 65_536;

    /// <summary>Client transactions, default 16,384; beyond it a request fails at once.</summary>
    [Range(1, 10_000_000)]
    public int MaxClientTransactions { get; set; } = 16_384;

    /// <summary>Paths over which one MESSAGE may arrive at once and share one outcome, default 8; beyond it they get 482.</summary>
    [Range(1, 1000)]
    public int MaxMergedPaths { get; set; } = 8;
}
