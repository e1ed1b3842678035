namespace PosteRestante.Silo.Configuration;

/// <summary>The service cannot start as it is set up; each reason is a sentence that says what to change.</summary>
public sealed class StartRefusedException : Exception
{
    /// <summary>Refuses for one reason.</summary>
    public StartRefusedException(string reason)
        : this([reason])
    {
    }

    /// <summary>Refuses for one reason that has a cause below.</summary>
    public StartRefusedException(string reason, Exception cause)
        : base(reason, cause) => Reasons = [reason];

    /// <summary>Refuses for several reasons.</summary>
    public StartRefusedException(IReadOnlyList<string> reasons)
        : base(string.Join(' ', reasons)) => Reasons = reasons;

    /// <summary>The reasons.</summary>
    public IReadOnlyList<string> Reasons { get; }
}
