namespace PosteRestante.Grains.Mailbox;

/// <summary>Wakes the housekeeping of one mailbox in a turn of its own.</summary>
internal interface IAlarmClock
{
    /// <summary>Rings once after this time; a second call replaces the first.</summary>
    void Set(TimeSpan dueTime);
}
