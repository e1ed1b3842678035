using System.Security.Cryptography;
using System.Text.Json;
using PosteRestante.Client.Settings;
using PosteRestante.Silo.Configuration;
using PosteRestante.Silo.Data;
using PosteRestante.SipEdge.Accounts;

namespace PosteRestante.Silo.Accounts;

/// <summary>
/// Two users for a first look, alice and bob, when no account is configured: made at the first start with passwords of
/// their own, so that no two installations share one.
/// </summary>
internal static class DefaultAccounts
{
    private const string FileName = "accounts.json";

    // Without letters that look alike; 20 of 54 are 115 bits.
    private const string PasswordLetters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int PasswordLength = 20;

    private static readonly string[] Names = ["alice", "bob"];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.General) { WriteIndented = true, RespectNullableAnnotations = true };

    /// <summary>Whether the settings name users in any way.</summary>
    public static bool AreWanted(AccountOptions options) =>
        options.Users.Count == 0 && options.File.Length == 0 && options.WildcardDomains.Count == 0;

    /// <summary>The path of the file that holds them, in the form of <see cref="AccountOptions.File"/>.</summary>
    public static string PathIn(DataFolder folder) => folder.PathOf(FileName);

    /// <summary>Reads the accounts of a folder, or makes them.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="host">The host of their addresses.</param>
    /// <exception cref="StartRefusedException">The file is not readable, or of another host.</exception>
    public static IReadOnlyList<ClientAccount> ReadOrMake(DataFolder folder, string host)
    {
        var path = PathIn(folder);
        if (!File.Exists(path))
        {
            PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(Names.Select(name => Make(name, host)), Json));
        }

        var accounts = Read(path);
        if (accounts.FirstOrDefault(account => !account.Aor.EndsWith($"@{host}", StringComparison.OrdinalIgnoreCase)) is { } stranger)
        {
            throw new StartRefusedException(
                $"{path} has '{stranger.Aor}', but Service:Host is '{host}'; set the former host again, or remove the file and "
                + "alice and bob are made anew.");
        }

        return accounts;
    }

    private static ClientAccount[] Read(string path)
    {
        try
        {
            var accounts = JsonSerializer.Deserialize<ClientAccount?[]>(File.ReadAllBytes(path), Json) ?? [];
            return accounts.Contains(null) ? throw new JsonException("an entry is null") : [.. accounts.OfType<ClientAccount>()];
        }
        catch (JsonException unreadable)
        {
            throw new StartRefusedException(
                $"{path} is not readable as a list of accounts ({unreadable.Message}); remove it and new passwords are made.",
                unreadable);
        }
    }

    private static ClientAccount Make(string name, string host) => new()
    {
        Aor = $"sip:{name}@{host}",
        UserName = name,
        Password = RandomNumberGenerator.GetString(PasswordLetters, PasswordLength),
    };
}
