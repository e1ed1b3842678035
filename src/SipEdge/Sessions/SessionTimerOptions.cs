namespace PosteRestante.SipEdge.Sessions;

/// <summary>The timers of sessions that others open (RFC 4028).</summary>
public sealed class SessionTimerOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "SessionTimer";

    /// <summary>
    /// The shortest session interval that is taken; a caller who asks for less gets 422 with Min-SE. Default 90 seconds, the
    /// least that RFC 4028 5 allows; less is for tests.
    /// </summary>
    public TimeSpan MinExpires { get; set; } = TimeSpan.FromSeconds(90);
}
