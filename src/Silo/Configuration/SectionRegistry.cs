using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Options;

namespace PosteRestante.Silo.Configuration;

/// <summary>
/// The sections of the settings with their options, so that a key nobody knows stops the start instead of being
/// ignored.
/// </summary>
public sealed class SectionRegistry
{
    // Sections that a library reads, and checks, by itself.
    private static readonly string[] HostSections = ["Logging", "Orleans"];

    private readonly List<SettingsSection> _sections = [];
    private readonly List<Action<IServiceCollection>> _rules = [];

    /// <summary>The sections that are bound to options.</summary>
    public IReadOnlyList<SettingsSection> Sections => _sections;

    /// <summary>The names of the sections, and of those that stand as a whole in another: <c>Storage:Limits</c>.</summary>
    public IEnumerable<string> Names => _sections.SelectMany(section => PartsOf(section.OptionsType).Prepend(section.Name));

    /// <summary>Adds a section whose values data annotations judge.</summary>
    public SectionRegistry Add<TOptions>(string name)
        where TOptions : class =>
        Add<TOptions>(name, services => services.AddSingleton<IValidateOptions<TOptions>>(new AnnotationValidator<TOptions>(name)));

    /// <summary>Adds a section whose values a validator of its own judges.</summary>
    public SectionRegistry Add<TOptions, TValidator>(string name)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions> =>
        Add<TOptions>(name, services => services.AddSingleton<IValidateOptions<TOptions>, TValidator>());

    /// <summary>Adds a section that its area binds and judges by itself.</summary>
    public SectionRegistry AddArea<TOptions>(string name, Action<IServiceCollection> addArea)
        where TOptions : class
    {
        _sections.Add(new SettingsSection(name, typeof(TOptions), (services, _) => addArea(services)));
        return this;
    }

    /// <summary>Adds a rule between sections: a validator or a default that depends on another section.</summary>
    public SectionRegistry AddRule(Action<IServiceCollection> rule)
    {
        _rules.Add(rule);
        return this;
    }

    /// <summary>Adds the options of every section to the services.</summary>
    public void Register(IServiceCollection services, IConfiguration settings)
    {
        foreach (var section in _sections)
        {
            section.Register(services, settings);
        }

        _rules.ForEach(rule => rule(services));
    }

    /// <summary>
    /// Everything that is wrong with the settings, a sentence each: unknown keys and unreadable values first, and when
    /// there are none, what the validators say.
    /// </summary>
    public IReadOnlyList<string> Failures(IConfigurationRoot settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var inspector = new SectionInspector();
        InspectNames(settings, inspector);
        foreach (var section in _sections)
        {
            inspector.Inspect(settings.GetSection(section.Name), section.OptionsType);
        }

        return inspector.Failures.Count > 0 ? inspector.Failures : ValidatorFailures(settings);
    }

    /// <summary>
    /// The environment holds much that is not ours; there a first part that names no section is no mistake of these
    /// settings.
    /// </summary>
    private void InspectNames(IConfigurationRoot settings, SectionInspector inspector)
    {
        var topLevel = settings.Providers
            .Where(provider => provider is not EnvironmentVariablesConfigurationProvider)
            .SelectMany(provider => provider.GetChildKeys([], parentPath: null))
            .Distinct(StringComparer.OrdinalIgnoreCase);
        inspector.InspectNames(string.Empty, topLevel, [.. _sections.Select(section => section.Name.Split(':')[0]).Distinct(StringComparer.Ordinal), .. HostSections]);

        // Sections of one area stand below its name: Sip:Transport, Sip:Timers.
        foreach (var area in _sections.Where(section => section.Name.Contains(':', StringComparison.Ordinal)).GroupBy(section => section.Name.Split(':')[0], StringComparer.Ordinal))
        {
            inspector.InspectNames(area.Key, settings.GetSection(area.Key).GetChildren().Select(child => child.Key), [.. area.Select(section => section.Name.Split(':')[1])]);
        }
    }

    private SectionRegistry Add<TOptions>(string name, Action<IServiceCollection> addValidator)
        where TOptions : class
    {
        _sections.Add(new SettingsSection(name, typeof(TOptions), (services, settings) =>
        {
            addValidator(services);
            services.AddOptions<TOptions>()
                .Bind(settings.GetSection(name), binder => binder.ErrorOnUnknownConfiguration = true)
                .ValidateOnStart();
        }));
        return this;
    }

    private static IEnumerable<string> PartsOf(Type options) => SectionInspector.SettingsOf(options)
        .Where(property => property.PropertyType.GetField("SectionName") is not null)
        .SelectMany(property => PartsOf(property.PropertyType)
            .Prepend((string)property.PropertyType.GetField("SectionName")!.GetRawConstantValue()!));

    private List<string> ValidatorFailures(IConfiguration settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton(settings);
        Register(services, settings);
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException refused)
        {
            return [.. refused.Failures.Distinct(StringComparer.Ordinal)];
        }
        catch (AggregateException several) when (several.InnerExceptions.All(one => one is OptionsValidationException))
        {
            return [.. several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(one => one.Failures).Distinct(StringComparer.Ordinal)];
        }
    }
}
