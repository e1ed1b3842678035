using Microsoft.Extensions.Options;

namespace PosteRestante.Silo.Configuration;

/// <summary>
/// Binds each configuration section to its options and remembers its name, so that a key nobody knows stops the start
/// instead of being ignored.
/// </summary>
public sealed class SectionRegistry(IServiceCollection services, IConfiguration configuration)
{
    // Sections that the host itself reads.
    private static readonly string[] HostSections = ["Logging", "AllowedHosts", "Urls"];

    private readonly List<string> _known = [.. HostSections];

    /// <summary>Binds a section; values are validated when the host starts.</summary>
    public SectionRegistry Add<TOptions>(string section)
        where TOptions : class
    {
        _known.Add(section);
        services.AddOptions<TOptions>()
            .Bind(configuration.GetSection(section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return this;
    }

    /// <summary>Binds a section whose values a validator of its own judges.</summary>
    public SectionRegistry Add<TOptions, TValidator>(string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
        return Add<TOptions>(section);
    }

    /// <summary>The top-level keys of the settings file that no section claims.</summary>
    public IReadOnlyList<string> UnknownSections(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return
        [
            .. settings.GetChildren()
                .Select(section => section.Key)
                .Where(key => !_known.Contains(key, StringComparer.OrdinalIgnoreCase)),
        ];
    }

    /// <summary>The names of the sections, for a message that says what would have been right.</summary>
    public IReadOnlyList<string> KnownSections => _known;
}
