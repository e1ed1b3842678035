using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Messages;
using PosteRestante.TestKit;

namespace PosteRestante.Grains.Tests.Messages;

public class PackedKeyTests
{
    [Fact]
    [Requirement("D16")]
    public void Key_ToTextAndBack_IsTheSame()
    {
        var random = new Random(1);
        var hash = new byte[32];
        for (var i = 0; i < 1000; i++)
        {
            random.NextBytes(hash);
            var key = PackedKey.FromHash(hash);

            key.ToMessageKey().ShouldBe(MessageKey.FromHash(hash));
            PackedKey.TryParse(key.ToString(), out var parsed).ShouldBeTrue();
            parsed.ShouldBe(key);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abcdefghijklmnopqrstuvwxy")]
    [InlineData("abcdefghijklmnopqrstuvwxyzz")]
    [InlineData("Abcdefghijklmnopqrstuvwxyz")]
    [InlineData("abcdefghijklmnopqrstuvwxy1")]
    public void TryParse_NotAKey_IsRefused(string? text) => PackedKey.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Derive_OtherMailboxMessageOrSecret_GivesAnotherKey()
    {
        var keys = new MessageKeys(new KeySecret(1, new byte[KeySecret.Length]));
        var other = new byte[KeySecret.Length];
        other[0] = 1;

        var key = keys.Derive("alice", "bc"u8);

        keys.Derive("alice", "bc"u8).ShouldBe(key);
        keys.Derive("aliceb", "c"u8).ShouldNotBe(key);
        keys.Derive("alice", "bd"u8).ShouldNotBe(key);
        new MessageKeys(new KeySecret(1, other)).Derive("alice", "bc"u8).ShouldNotBe(key);
        keys.Derive("alice", new byte[5000]).ShouldNotBe(key);
    }
}
