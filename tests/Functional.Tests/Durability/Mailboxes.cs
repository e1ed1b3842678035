using System.Net;
using PosteRestante.Client.Settings;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>The users of a durability test, and what a real retrieval finds in their mailboxes.</summary>
internal sealed class Mailboxes(int users)
{
    private const string CallIdHeader = "\r\nCall-ID: ";

    /// <summary>The user parts.</summary>
    public IReadOnlyList<string> Users { get; } = [.. Enumerable.Range(1, users).Select(number => $"user{number}")];

    /// <summary>The settings that make them.</summary>
    public string[] Settings =>
    [
        .. Users.SelectMany((user, index) => new[]
        {
            $"--Accounts:Users:{index}:Aor=sip:{user}@localhost",
            $"--Accounts:Users:{index}:Password=password-of-{user}",
        }),
    ];

    /// <summary>The credentials of a user.</summary>
    public static ClientAccount AccountOf(string user) =>
        new() { Aor = $"sip:{user}@localhost", UserName = user, Password = $"password-of-{user}" };

    /// <summary>Collects every mailbox over MSRP.</summary>
    /// <returns>The messages that were handed over, by the Call-ID of the stored MESSAGE.</returns>
    public async Task<ILookup<string, string>> CollectAsync(IPEndPoint server)
    {
        List<string> messages = [];
        foreach (var user in Users)
        {
            messages.AddRange(await Collector.CollectAsync(server, AccountOf(user)));
        }

        return messages.ToLookup(CallIdOf, StringComparer.Ordinal);
    }

    /// <summary>Every acknowledged deposit must be there once, whole; nothing may be there twice.</summary>
    public static void ShouldHoldOnce(ILookup<string, string> found, IEnumerable<Deposit> acknowledged)
    {
        var missing = acknowledged.Where(deposit => !found.Contains(deposit.CallId)).Select(deposit => deposit.CallId).ToList();
        missing.ShouldBeEmpty($"{missing.Count} acknowledged messages are lost");
        found.Where(message => message.Count() > 1).Select(message => message.Key).ShouldBeEmpty("stored twice");
        acknowledged.Where(deposit => !found[deposit.CallId].Single().Contains($"\r\n\r\n{deposit.Body}\r\n", StringComparison.Ordinal))
            .ShouldBeEmpty("another content than was sent");
    }

    private static string CallIdOf(string message)
    {
        var at = message.IndexOf(CallIdHeader, StringComparison.Ordinal) + CallIdHeader.Length;
        return message[at..message.IndexOf('\r', at)];
    }
}
