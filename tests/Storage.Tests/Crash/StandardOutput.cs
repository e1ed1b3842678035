namespace PosteRestante.Storage.Tests.Crash;

/// <summary>Standard output without a buffer: one write, one system call.</summary>
internal static class StandardOutput
{
    private static readonly Stream Output = Console.OpenStandardOutput();

    public static void Write(byte[] line)
    {
        Output.Write(line);
        Output.Flush();
    }
}
