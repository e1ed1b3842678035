namespace PosteRestante.Grains.Local.Tests.Deposits;

/// <summary>Keys of the length that message keys have.</summary>
internal static class Keys
{
    private static readonly string[] Made = [.. Enumerable.Range(0, 10_000).Select(static number => $"key-of-26-characters-{number:D5}")];

    public static string Of(int number) => Made[number % Made.Length];
}
