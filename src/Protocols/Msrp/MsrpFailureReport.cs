namespace PosteRestante.Protocols.Msrp;

/// <summary>The values of <c>Failure-Report</c> (RFC 4975 7.1.1); an absent header means <see cref="Yes"/>.</summary>
public enum MsrpFailureReport
{
    /// <summary>Every request is answered, errors are reported.</summary>
    Yes = 0,

    /// <summary>Only errors are answered and reported.</summary>
    Partial,

    /// <summary>Nothing is answered or reported.</summary>
    No,
}
