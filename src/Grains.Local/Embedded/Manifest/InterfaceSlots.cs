namespace Orleans.Embedded.Manifest;

/// <summary>Gives out the numbers of <see cref="InterfaceSlot{T}"/>.</summary>
internal static class InterfaceSlots
{
    private static int _last = -1;

    public static int Next() => Interlocked.Increment(ref _last);
}
