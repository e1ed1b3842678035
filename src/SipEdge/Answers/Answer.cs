namespace PosteRestante.SipEdge.Answers;

/// <summary>A final answer to a request, before it is written: the status and the headers that make it precise.</summary>
public sealed record Answer
{
    private Answer(int status) => Status = status;

    /// <summary>The status code.</summary>
    public int Status { get; }

    /// <summary>The text of a <c>Warning: 399</c> (RFC 3261 20.43) that says to a person why; null leaves it out.</summary>
    public string? Warning { get; init; }

    /// <summary>The value of Allow (405).</summary>
    public string? Allow { get; init; }

    /// <summary>The value of Accept (415).</summary>
    public string? Accept { get; init; }

    /// <summary>The value of Accept-Encoding (415).</summary>
    public string? AcceptEncoding { get; init; }

    /// <summary>The option tags of Unsupported (420).</summary>
    public string? Unsupported { get; init; }

    /// <summary>The option tags of Supported (200 to OPTIONS).</summary>
    public string? Supported { get; init; }

    /// <summary>The value of Allow-Events (489, and what OPTIONS tells).</summary>
    public string? AllowEvents { get; init; }

    /// <summary>The value of Min-Expires (423).</summary>
    public TimeSpan? MinExpires { get; init; }

    /// <summary>The value of Min-SE (422).</summary>
    public TimeSpan? MinSe { get; init; }

    /// <summary>The value of Retry-After (503).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The media type of <see cref="Body"/>; null when there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>An answer with nothing but its status.</summary>
    public static Answer Of(int status) => new(status);

    /// <summary>An answer that says why.</summary>
    public static Answer Because(int status, string warning) => new(status) { Warning = warning };
}
