using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace PosteRestante.SipEdge.Accounts;

/// <summary>The accounts of the configuration and of the file that it names. Read once, at start.</summary>
public sealed class ConfiguredAccountDirectory : IAccountDirectory
{
    private static readonly JsonSerializerOptions FileFormat = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private readonly FrozenDictionary<string, Account> _byAddress;
    private readonly FrozenDictionary<string, Account> _byUserName;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _wildcardDomains;

    /// <summary>Reads the accounts.</summary>
    /// <exception cref="OptionsValidationException">An account cannot be used; every failure is listed.</exception>
    public ConfiguredAccountDirectory(IOptions<AccountOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options.Value;
        var addresses = new Dictionary<string, Account>(StringComparer.Ordinal);
        var userNames = new Dictionary<string, Account>(StringComparer.Ordinal);
        var failures = new List<string>();
        foreach (var entry in settings.Users.Concat(ReadFile(settings.File, failures)))
        {
            AddEntry(entry, addresses, userNames, failures);
        }

        if (addresses.Count > settings.MaxUsers)
        {
            failures.Add($"Accounts: {addresses.Count} addresses are more than Accounts:MaxUsers ({settings.MaxUsers}) allows.");
        }

        if (failures.Count > 0)
        {
            throw new OptionsValidationException(AccountOptions.SectionName, typeof(AccountOptions), failures);
        }

        _byAddress = addresses.ToFrozenDictionary(StringComparer.Ordinal);
        _byUserName = userNames.ToFrozenDictionary(StringComparer.Ordinal);
        _wildcardDomains = settings.WildcardDomains
            .Select(domain => domain.ToLowerInvariant())
            .ToFrozenSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many addresses are listed, aliases included.</summary>
    public int Count => _byAddress.Count;

    /// <inheritdoc/>
    public bool TryFindByAddress(string aor, [NotNullWhen(true)] out Account? account)
    {
        ArgumentNullException.ThrowIfNull(aor);
        if (_byAddress.TryGetValue(aor, out account))
        {
            return true;
        }

        account = aor.Length > 0 && _wildcardDomains.Contains(AddressOfRecord.DomainOf(aor)) ? new Account(aor) : null;
        return account is not null;
    }

    /// <inheritdoc/>
    public bool TryFindByUserName(string userName, [NotNullWhen(true)] out Account? account) =>
        _byUserName.TryGetValue(userName, out account);

    private static void AddEntry(
        AccountEntry entry,
        Dictionary<string, Account> addresses,
        Dictionary<string, Account> userNames,
        List<string> failures)
    {
        if (!AddressOfRecord.TryParse(entry.Aor, out var aor))
        {
            failures.Add($"Accounts: '{entry.Aor}' is not an address such as sip:alice@example.net.");
            return;
        }

        var account = new Account(aor)
        {
            UserName = entry.UserName.Length > 0 ? entry.UserName : UserOf(aor),
            Password = entry.Password,
            MayRetrieve = entry.MayRetrieve,
        };
        AddAddress(aor, account, addresses, failures);
        foreach (var alias in entry.Aliases)
        {
            if (alias is not null && AddressOfRecord.TryParse(alias, out var other)) // a file may hold null
            {
                AddAddress(other, account, addresses, failures);
            }
            else
            {
                failures.Add($"Accounts: '{alias}', an alias of {aor}, is not an address such as sip:alice@example.net.");
            }
        }

        if (account.Password.Length > 0 && !userNames.TryAdd(account.UserName, account))
        {
            failures.Add($"Accounts: two accounts with a password have the user name '{account.UserName}'; set UserName on one.");
        }
    }

    private static void AddAddress(string aor, Account account, Dictionary<string, Account> addresses, List<string> failures)
    {
        if (!addresses.TryAdd(aor, account))
        {
            failures.Add($"Accounts: {aor} is listed twice.");
        }
    }

    private static string UserOf(string aor)
    {
        var start = aor.IndexOf(':', StringComparison.Ordinal) + 1;
        var at = aor.LastIndexOf('@');
        return at < 0 ? aor[start..] : aor[start..at];
    }

    private static List<AccountEntry> ReadFile(string file, List<string> failures)
    {
        if (file.Length == 0)
        {
            return [];
        }

        try
        {
            using var stream = File.OpenRead(file);
            var entries = JsonSerializer.Deserialize<List<AccountEntry?>>(stream, FileFormat) ?? [];
            if (entries.Contains(null))
            {
                failures.Add($"Accounts:File '{file}' has an entry that is null where an account must be.");
            }

            return [.. entries.OfType<AccountEntry>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            failures.Add($"Accounts:File '{file}' cannot be read: {e.Message}");
            return [];
        }
    }
}
