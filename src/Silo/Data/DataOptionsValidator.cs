using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.Silo.Data;

/// <summary>Refuses a folder that has no name.</summary>
public sealed class DataOptionsValidator : IValidateOptions<DataOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DataOptions options) =>
        new OptionFailures(DataOptions.SectionName)
            .NotEmpty(nameof(options.Folder), options.Folder)
            .Result();
}
