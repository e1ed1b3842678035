namespace PosteRestante.Silo.Configuration;

/// <summary>One section of the settings.</summary>
/// <param name="Name">The top-level key.</param>
/// <param name="OptionsType">The type that the section is bound to.</param>
/// <param name="Register">Adds options, binding and validator to the services.</param>
public sealed record SettingsSection(string Name, Type OptionsType, Action<IServiceCollection, IConfiguration> Register);
