namespace PosteRestante.Silo.Configuration;

/// <summary>
/// Reads the settings: the file beside the program, then environment variables (<c>Listeners__SipPort</c>), then the
/// command line (<c>--Listeners:SipPort=0</c>); what comes later wins.
/// </summary>
internal static class Settings
{
    private const string FileName = "appsettings.json";

    /// <summary>Reads and checks the settings.</summary>
    /// <param name="arguments">Settings from the command line, <c>--Section:Key=value</c>.</param>
    /// <param name="preset">What the caller sets over the file; environment and command line win over it.</param>
    /// <exception cref="StartRefusedException">A key is unknown or a value impossible.</exception>
    public static IConfigurationRoot Load(IReadOnlyList<string> arguments, IEnumerable<KeyValuePair<string, string?>> preset)
    {
        RefuseOtherArguments(arguments);
        var settings = Read([.. arguments], preset);
        var failures = SiloSections.All.Failures(settings);
        return failures.Count == 0 ? settings : throw new StartRefusedException(failures);
    }

    private static IConfigurationRoot Read(string[] arguments, IEnumerable<KeyValuePair<string, string?>> preset)
    {
        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(AppContext.BaseDirectory)
                .AddJsonFile(FileName, optional: false, reloadOnChange: false)
                .AddInMemoryCollection(preset)
                .AddEnvironmentVariables()
                .AddCommandLine(arguments)
                .Build();
        }
        catch (InvalidDataException unreadable)
        {
            var reason = (unreadable.InnerException ?? unreadable).Message.ReplaceLineEndings(" ");
            throw new StartRefusedException($"{Path.Combine(AppContext.BaseDirectory, FileName)} is not readable as JSON: {reason}", unreadable);
        }
        catch (FileNotFoundException missing)
        {
            throw new StartRefusedException($"{Path.Combine(AppContext.BaseDirectory, FileName)} is missing.", missing);
        }
    }

    /// <summary>The command-line source skips what it cannot read; a typing error must not start a service.</summary>
    private static void RefuseOtherArguments(IReadOnlyList<string> arguments)
    {
        string[] others =
        [
            .. arguments
                .Where(argument => !argument.StartsWith("--", StringComparison.Ordinal)
                    || argument.IndexOf('=', StringComparison.Ordinal) <= argument.IndexOf(':', StringComparison.Ordinal)
                    || !argument.Contains(':', StringComparison.Ordinal))
                .Select(argument => $"'{argument}' is not an option; settings are written --Section:Key=value, for example --Listeners:SipPort=5060."),
        ];
        if (others.Length > 0)
        {
            throw new StartRefusedException(others);
        }
    }
}
