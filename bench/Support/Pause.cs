namespace PosteRestante.Bench.Support;

/// <summary>The one place where a benchmark waits for time to pass.</summary>
internal static class Pause
{
    /// <summary>Waits.</summary>
    public static void For(TimeSpan time)
    {
        using var nothing = new ManualResetEventSlim();
        nothing.Wait(time);
    }
}
