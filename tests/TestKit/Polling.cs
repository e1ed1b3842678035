using Xunit;

namespace PosteRestante.TestKit;

/// <summary>Waits for what gives no signal: a file that another program writes, a count that the kernel keeps.</summary>
public static class Polling
{
    /// <summary>A bound on how long something broken can hang a test; nothing is measured by it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Looks again and again until the condition holds; fails when patience ends.</summary>
    /// <param name="condition">What is waited for; it throws when it cannot come any more.</param>
    /// <param name="waitedFor">What is waited for, in words.</param>
    public static Task UntilAsync(Func<bool> condition, string waitedFor) => UntilAsync(() => Task.FromResult(condition()), waitedFor);

    /// <summary>The same with a condition that is asked for.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string waitedFor)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"waited {Patience} for {waitedFor}");
            await Task.Delay(Interval, TimeProvider.System);
        }
    }
}
