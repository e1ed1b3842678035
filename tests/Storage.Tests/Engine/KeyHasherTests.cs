using System.Text;
using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Tests.Engine;

public sealed class KeyHasherTests
{
    [Fact]
    public void Hash_OfAName_IsTheSameForEver()
    {
        // Hashes are on disk: these values may never change.
        var hasher = new KeyHasher(0x0123456789ABCDEF, 0xFEDCBA9876543210UL);

        hasher.Hash([]).ShouldBe(0xA2C6D549395D4E64UL);
        hasher.Hash("head"u8).ShouldBe(0x520076C11966D1ECUL);
        hasher.Hash("head/usermailbox/s.alice.example.org"u8).ShouldBe(0xC13B80AB8F309217UL);
    }

    [Fact]
    public void Hash_OfManyNames_SpreadsEveryBit()
    {
        const int Names = 40_000;
        var hasher = new KeyHasher(5, 6);
        int[] ones = new int[64];
        for (int number = 0; number < Names; number++)
        {
            ulong hash = hasher.Hash(Encoding.ASCII.GetBytes($"message/deferredmessage/m{number}"));
            for (int bit = 0; bit < ones.Length; bit++)
            {
                ones[bit] += (int)((hash >> bit) & 1);
            }
        }

        ones.ShouldAllBe(static count => count > Names * 0.48 && count < Names * 0.52);
    }

    [Fact]
    public void Hash_WithAnotherSeed_IsAnother()
    {
        new KeyHasher(1, 2).Hash("name"u8).ShouldNotBe(new KeyHasher(1, 3).Hash("name"u8));
        new KeyHasher(1, 2).Hash("name"u8).ShouldNotBe(new KeyHasher(2, 2).Hash("name"u8));
    }

    [Fact]
    public void Hash_OfNamesThatDifferInLengthOnly_Differs()
    {
        var hasher = new KeyHasher(1, 2);

        hasher.Hash([0]).ShouldNotBe(hasher.Hash([0, 0]));
        hasher.Hash(new byte[8]).ShouldNotBe(hasher.Hash(new byte[9]));
    }
}
