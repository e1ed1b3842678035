namespace PosteRestante.TestKit;

/// <summary>Where the repository's files are, seen from a built test program.</summary>
public static class Repository
{
    /// <summary>The repository's root: the nearest folder above the program that holds the solution file.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The full path of a file or folder named from the root.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PosteRestante.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no PosteRestante.slnx above {start}");
    }
}
