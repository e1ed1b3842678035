using Microsoft.Extensions.Options;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Grains.Messages;
using PosteRestante.Grains.Records;
using PosteRestante.Grains.Tests.Cluster;
using PosteRestante.Grains.Tests.Simulation;
using PosteRestante.Storage.Records;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Grains.Tests.Messages;

public class KeySecretsTests
{
    private readonly MemoryRecords _records = new();

    [Fact]
    public async Task Load_FirstStart_MakesASecretThatLaterStartsFind()
    {
        var first = Start(seed: 1);
        var second = Start(seed: 2);

        await first.LoadAsync();
        await second.LoadAsync();

        KeyOf(second).ShouldBe(KeyOf(first));
        _records.Writes.ShouldBe(1);
    }

    [Fact]
    public async Task Load_OtherConfiguredSecret_IsRefusedWithTheKeyByName()
    {
        await Start(seed: 1, new byte[KeySecret.Length]).LoadAsync();
        var other = new byte[KeySecret.Length];
        other[5] = 1;

        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => Start(seed: 1, other).LoadAsync());

        refusal.Message.ShouldContain("Mailbox:KeySecret");
        await Start(seed: 2, new byte[KeySecret.Length]).LoadAsync();
    }

    [Fact]
    public void Secret_BeforeLoad_IsAMistake() => Should.Throw<InvalidOperationException>(() => Start(seed: 1).Secret);

    private static PackedKey KeyOf(KeySecrets secrets) => new MessageKeys(secrets.Secret).Derive("alice", "one"u8);

    private KeySecrets Start(int seed, byte[]? configured = null)
    {
        var serializer = new RecordSerializer([RecordCodecRegistration.Of(new KeySecretRecordCodec())]);
        var options = new MailboxOptions { KeySecret = configured is null ? string.Empty : Convert.ToBase64String(configured) };
        return new KeySecrets(new RecordStore(_records.Open(serializer)), new SeededNumbers(seed), Options.Create(options));
    }
}
