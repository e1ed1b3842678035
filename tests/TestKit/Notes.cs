namespace PosteRestante.TestKit;

/// <summary>Lines that are worth reading even when a test passes: how many seeds ran, how much was in flight at a kill.</summary>
public static class Notes
{
    /// <summary>The mark by which <c>./test.sh</c> finds the lines in a test program's output.</summary>
    public const string Mark = "» ";

    /// <summary>Prints one line, which <c>./test.sh</c> repeats below the project's counts.</summary>
    public static void Say(string text) => Console.Out.WriteLine(Mark + text);
}
